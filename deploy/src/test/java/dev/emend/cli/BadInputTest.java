package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line, the right exit code and no trace for whatever a person may get wrong. */
class BadInputTest {
  private static final String GOOD_FACT =
      "{\"subject\":\"King\",\"relation\":\"r\",\"prompt\":\"The {} is\",\"object\":\"Harald V\"}";

  @TempDir Path folder;

  @Test
  void shouldNameMissingModelFolder() {
    assertFails(
        1, "FILE_NOT_FOUND", "no-such-model", "ask", "--model", "no-such-model", "The king is");
  }

  @Test
  void shouldSayWhichArchitecturesAreSupported() throws IOException {
    Path model = modelWithConfig("{\"model_type\":\"xlnet\",\"architectures\":[\"XLNet\"]}");

    assertFails(1, "ARCHITECTURE_UNSUPPORTED", "gpt2", "ask", "--model", model.toString(), "Hi");
  }

  @Test
  void shouldRecogniseTruncatedWeights() throws IOException {
    Path model = copyOfShippedModel();
    byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
    Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length / 2));

    assertFails(1, "SAFETENSORS_CORRUPT", "safetensors", "ask", "--model", model.toString(), "Hi");
  }

  @Test
  void shouldNameLineThatIsNotJson() throws IOException {
    List<String> lines =
        Stream.concat(Collections.nCopies(16, GOOD_FACT).stream(), Stream.of("{\"subject\":"))
            .toList();
    Path facts = Files.write(folder.resolve("facts.jsonl"), lines);

    assertFails(1, "JSON_INVALID", "line 17", "publish", facts.toString());
  }

  @Test
  void shouldRefusePromptWithoutPlaceholder() throws IOException {
    assertFails(1, "SUBJECT_NOT_IN_PROMPT", "{}", "publish", file("The {} is", "The king is"));
  }

  @Test
  void shouldRefuseEmptyObject() throws IOException {
    assertFails(1, "FACT_INVALID", "object", "publish", file("Harald V", " "));
  }

  @Test
  void shouldNameTheMethodsThatCanBeCompared() {
    assertFails(
        2, "USAGE", "alphaedit", "eval", "--model", "m", "--dataset", "d", "--method", "memoir");
  }

  @Test
  void shouldRefuseToTuneInNoTime() {
    assertFails(2, "USAGE", "--budget", "tune", "--model", "m", "--dataset", "d", "--budget", "0s");
  }

  @Test
  void shouldNameMissingFactsFile() {
    assertFails(1, "FILE_NOT_FOUND", "no-such.jsonl", "publish", "no-such.jsonl");
  }

  @Test
  void shouldRefuseNothingToPublish() {
    assertFails(2, "USAGE", "--subject", "publish");
  }

  @Test
  void shouldRefuseFilesTogetherWithOneFact() {
    assertFails(2, "USAGE", "either", "publish", "facts.jsonl", "--subject", "King");
  }

  @Test
  void shouldNameOptionThatIsMissing() {
    assertFails(2, "USAGE", "--model", "eval", "--dataset", "cases.json");
  }

  @Test
  void shouldRefuseWindowOfNothing() {
    assertFails(
        2,
        "USAGE",
        "--window",
        "edit",
        "--model",
        "m",
        "--facts",
        "f",
        "--out",
        "o",
        "--window",
        "0");
  }

  @Test
  void shouldRefuseNumbersThatNoModelCanBeEditedWith() {
    assertFails(
        2,
        "USAGE",
        "ascend",
        "edit",
        "--model",
        "m",
        "--facts",
        "f",
        "--out",
        "o",
        "--layers",
        "3,1");
  }

  @Test
  void shouldRefuseNoThreads() {
    assertFails(2, "USAGE", "--threads", "ask", "--model", "m", "Hi", "--threads", "0");
  }

  @Test
  void shouldRefuseReportInFolderThatDoesNotExist() {
    assertFails(
        1, "FILE_NOT_FOUND", "--report", "ask", "--model", "m", "Hi", "--report", "no/such/r.json");
  }

  @Test
  void shouldNameFolderWithoutFixtures() {
    assertFails(1, "FILE_NOT_FOUND", "fixture", "parity", "--fixtures", folder.toString());
  }

  @Test
  void shouldRefusePortThatIsNone() {
    assertFails(2, "USAGE", "port", "up", "--broker-port", "70000");
  }

  @Test
  void shouldRefuseToPromoteWhatIsNoVersion() {
    assertFails(2, "USAGE", "--to must be a version, 1 or above, not 0", "promote", "--to", "0");
    assertFails(2, "USAGE", "--gate", "up", "--gate", "perhaps");
  }

  private static void assertFails(int exitCode, String code, String detail, String... args) {
    CommandRun run = CommandRun.of(args);

    assertThat(run.err()).startsWith("emend: " + code + ": ").contains(detail).hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
  }

  private String file(String good, String bad) throws IOException {
    return Files.writeString(folder.resolve("bad.jsonl"), GOOD_FACT.replace(good, bad)).toString();
  }

  private Path modelWithConfig(String config) throws IOException {
    Path model = copyOfShippedModel();
    Files.writeString(model.resolve("config.json"), config);
    return model;
  }

  /** The working directory of the tests is the module's folder. */
  private Path copyOfShippedModel() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Path.of("model"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
