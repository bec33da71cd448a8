package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.evaluate.ParityReport.Quantity;
import dev.emend.evaluate.ParityReport.Verdict;
import dev.emend.fault.Fault;
import dev.emend.memit.reference.PublishedFixture;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParityCheckTest {
  @Test
  void shouldReproduceThePlainReadingOfThePublishedAlgorithm(@TempDir Path root) {
    PublishedFixture.write(root.resolve("tiny"), 5);
    ParityReport report = ParityCheck.run(root, ModelOptions.defaults(), Progress.NONE);
    List<Quantity> quantities = report.fixtures().get(0).quantities();
    assertThat(quantities).filteredOn(q -> q.verdict() == Verdict.FAIL).isEmpty();
    assertThat(quantities)
        .extracting(Quantity::name)
        .contains("logits", "subject_last_index", "z", "K.0", "adj.1", "resid.1", "W.0", "W.1");
    assertThat(report.passed()).isTrue();
  }

  @Test
  void shouldFailAQuantityThatIsOffAndWriteTheAgreedJson(@TempDir Path root) throws IOException {
    Path folder = root.resolve("tiny");
    PublishedFixture.write(folder, 6);
    Path cases = folder.resolve("cases.json");
    String json = Files.readString(cases);
    Files.writeString(cases, json.replace("\"v_lr\":0.5", "\"v_lr\":0.4"));
    ParityReport report = ParityCheck.run(root, ModelOptions.defaults(), Progress.NONE);
    JsonNode written = JsonMapper.builder().build().valueToTree(report);
    JsonNode fixture = written.path("fixtures").path(0);
    assertThat(fixture.path("name").asText()).isEqualTo("tiny");
    assertThat(fixture.path("quantities"))
        .anySatisfy(
            q -> {
              assertThat(q.path("name").asText()).isEqualTo("z");
              assertThat(q.path("verdict").asText()).isEqualTo("fail");
              assertThat(q.path("error").asDouble()).isGreaterThan(q.path("tolerance").asDouble());
            });
    assertThat(report.passed()).isFalse();
  }

  @Test
  void shouldFailGreedyIdsThatTheModelDoesNotGive(@TempDir Path root) throws IOException {
    Path folder = root.resolve("tiny");
    PublishedFixture.write(folder, 5);
    Path cases = folder.resolve("cases.json");
    ObjectNode json = (ObjectNode) JsonMapper.builder().build().readTree(Files.readString(cases));
    ArrayNode greedy = (ArrayNode) json.path("sentences").path(1).path("greedy_ids");
    greedy.set(0, greedy.get(0).asInt() + 1);
    Files.writeString(cases, json.toString());
    ParityReport report = ParityCheck.run(root, ModelOptions.defaults(), Progress.NONE);
    assertThat(report.fixtures().get(0).quantities())
        .filteredOn(q -> q.verdict() == Verdict.FAIL)
        .extracting(Quantity::name, Quantity::error)
        .containsExactly(tuple("greedy_ids", 1.0));
  }

  @Test
  void shouldReportAnArchitectureThatIsNotSupported(@TempDir Path root) throws IOException {
    Path folder = root.resolve("strange");
    PublishedFixture.write(folder, 7);
    Path config = folder.resolve("config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replace("\"gpt2\"", "\"hyena\""));
    ParityReport report = ParityCheck.run(root, ModelOptions.defaults(), Progress.NONE);
    assertThat(report.fixtures().get(0).unsupported()).contains("hyena");
    assertThat(report.passed()).isFalse();
  }

  @Test
  void shouldSayThatAFolderHoldsNoFixture(@TempDir Path root) {
    assertThatThrownBy(() -> ParityCheck.run(root, ModelOptions.defaults(), Progress.NONE))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("cases.json");
  }
}
