package dev.emend.model;

import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import dev.emend.token.Tokenizer;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model folder from a stranger. */
class HostileFolderTest {
  @TempDir private Path folder;

  @Test
  void shouldRefuseABrokenConfigCleanly() throws IOException {
    TinyFolder.write(folder, 1);
    Path config = folder.resolve("config.json");
    List<String> words = new ArrayList<>(HostileInput.JSON);
    words.addAll(List.of("\"llama\"", "\"n_head\":0,", "\"n_embd\":-2147483648,", "\"n_layer\":"));
    HostileInput.attack(
        List.of(Files.readAllBytes(config)),
        words,
        bytes -> {
          Files.write(config, bytes);
          ConfigReader.read(ModelFolder.open(folder));
        },
        Fault.class,
        4);
  }

  @Test
  void shouldRefuseABrokenTokenizerCleanly() throws IOException {
    TinyFolder.write(folder, 1);
    Path file = folder.resolve("tokenizer.json");
    HostileInput.attack(
        List.of(Files.readAllBytes(file)),
        HostileInput.JSON,
        bytes -> {
          Files.write(file, bytes);
          Tokenizer.open(folder).close();
        },
        Fault.class,
        10);
  }
}
