package dev.emend.sign;

import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust and key files that somebody broke. */
class HostileTrustTest {
  @TempDir Path folder;

  @Test
  void shouldRefuseABrokenTrustFileCleanly() throws IOException {
    Path file = folder.resolve("trust.json");
    Trust trust = new Trust(List.of(), Map.of("other", 7L)).with(SigningKey.generate(), 0, "");
    trust.write(file);
    List<String> words = new ArrayList<>(HostileInput.JSON);
    words.addAll(List.of("\"keys\":", "\"unsigned\":{\"m\":-1}", "\"from_version\":", "\"AAAA\""));
    HostileInput.attack(
        List.of(Files.readAllBytes(file)),
        words,
        bytes -> {
          Files.write(file, bytes);
          Trust.read(file);
        },
        Fault.class,
        4);
  }

  @Test
  void shouldRefuseABrokenKeyFileCleanly() throws IOException {
    Path file = folder.resolve("key.pem");
    SigningKey.generate().write(file);
    HostileInput.attack(
        List.of(Files.readAllBytes(file)),
        List.of("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "\n", "=", "MC4CAQAw"),
        bytes -> {
          Files.write(file, bytes);
          SigningKey.read(file);
        },
        Fault.class,
        4);
  }
}
