package dev.emend.answer;

import dev.emend.hostile.HostileInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileRequestTest {
  private static final String REQUEST =
      """
      {"model":"m","prompt":"The mother tongue of","max_tokens":5,"min_version":3,"n":1,\
      "temperature":0,"stream":false}""";

  @Test
  void shouldRefuseBrokenRequestsCleanly() {
    List<String> words = new ArrayList<>(HostileInput.JSON);
    words.addAll(List.of("\"max_tokens\":99999999999,", "\"prompt\":[],", "\"min_version\":-1,"));
    HostileInput.attack(
        List.of(REQUEST.getBytes(StandardCharsets.UTF_8)),
        words,
        CompletionRequest::parse,
        HttpProblem.class);
  }
}
