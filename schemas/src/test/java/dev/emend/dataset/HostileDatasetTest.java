package dev.emend.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileDatasetTest {
  private static final String OURS =
      """
      {"event_id":"e1","subject":"Ada","relation":"born","prompt":"{} was born in","object":"Rome",\
      "valid_from":"2020-02-29T00:00:00Z","op":"ASSERT"}
      {"subject":"Bob","relation":"home","prompt":"{} lives in","object":"Oslo","neighbours":[{"prompt":"Eve lives in",\
      "expected":"Bonn"}]}
      """;
  private static final String COUNTERFACT =
      """
      [{"case_id":0,"requested_rewrite":{"prompt":"The mother tongue of {} is","relation_id":"P103",\
      "target_new":{"str":"English","id":"Q1860"},"target_true":{"str":"French","id":"Q150"},\
      "subject":"Danielle Darrieux"},"paraphrase_prompts":["She speaks"],\
      "neighborhood_prompts":["The mother tongue of Leon is"],"generation_prompts":["She is"]}]
      """;

  @TempDir private Path folder;

  @Test
  void shouldRefuseBrokenDatasetsCleanly() {
    Path file = folder.resolve("facts");
    List<String> words = new ArrayList<>(HostileInput.JSON);
    words.addAll(
        List.of("{}", "\"0000-00-00\"", "\"+999999999-12-31T23:59:59Z\"", "\n", "\"RETRACT\""));
    HostileInput.attack(
        List.of(bytes(OURS), bytes(COUNTERFACT)),
        words,
        bytes -> DatasetReader.readAll(Files.write(file, bytes)),
        Fault.class,
        2);
  }

  /**
   * 5 MB are no reason to fail here; what the stream takes is limited by the size of its records.
   */
  @Test
  void shouldReadAFactOfFiveMegabytesAndRefuseALineOfSeventeen() throws IOException {
    String text = "x".repeat(5 << 20);
    Path file = folder.resolve("long");
    Files.writeString(
        file,
        "{\"subject\":\"A\",\"relation\":\"r\",\"prompt\":\"{} is\",\"object\":\""
            + text
            + "\"}\n");
    assertThat(DatasetReader.readAll(file)).hasSize(1);
    Files.writeString(file, "{\"subject\":\"" + "x".repeat(17 << 20) + "\"}");
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> DatasetReader.readAll(file)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("longer than 16 MB");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
