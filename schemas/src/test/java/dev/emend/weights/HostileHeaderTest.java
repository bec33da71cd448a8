package dev.emend.weights;

import dev.emend.hostile.HostileInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileHeaderTest {
  private static final String HEADER =
      """
      {"__metadata__":{"format":"pt"},
       "a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
       "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},
       "scalar":{"dtype":"F16","shape":[],"data_offsets":[32,34]}}""";

  @Test
  void shouldRefuseBrokenHeadersCleanly() {
    List<String> words = new ArrayList<>(HostileInput.JSON);
    words.addAll(
        List.of("[4294967296,4294967296,4]", "\"F64\"", "\"data_offsets\":[0,0]", "\"shape\":[]"));
    HostileInput.attack(
        List.of(HEADER.getBytes(StandardCharsets.UTF_8)),
        words,
        json -> SafetensorsHeader.parse(json, 34),
        IllegalArgumentException.class);
  }
}
