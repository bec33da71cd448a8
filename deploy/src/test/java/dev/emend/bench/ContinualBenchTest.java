package dev.emend.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.fault.Fault;
import dev.emend.model.ModelOptions;
import dev.emend.plot.StreamPlot;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinualBenchTest {
  @TempDir Path root;
  private Path model;
  private Path facts;

  @BeforeEach
  void write() {
    model = TinyModel.write(root);
    facts = TinyModel.writeFacts(root, "Rome", "Paris", "Oslo", "Lima", "Kyiv", "Cairo");
  }

  private ContinualReport run(int windows, int window) {
    return ContinualBench.run(
        new ContinualBench.Options(model, facts, windows, window, 6, root, ModelOptions.defaults()),
        Progress.NONE);
  }

  @Test
  void shouldFollowAStreamFromTheFirstWindowToTheConsolidation() {
    ContinualReport report = run(16, 2);

    assertThat(report.windows())
        .extracting(ContinualReport.Window::number)
        .startsWith(1, 2)
        .hasSize(16);
    assertThat(report.facts()).isEqualTo(6);
    assertThat(report.first().from()).isEqualTo(1);
    assertThat(report.last().to()).isEqualTo(16);
    assertThat(report.windows())
        .allSatisfy(
            window -> {
              assertThat(window.reciprocalCondition()).isBetween(0.0, 1.0);
              assertThat(window.error()).isPositive();
              assertThat(window.resident()).isPositive();
            });
    assertThat(report.kept().bytes()).isPositive();
    JsonNode json = JsonMapper.builder().build().valueToTree(report);
    assertThat(json.path("windows").path(0).path("estimated_error").isNumber()).isTrue();
    assertThat(StreamPlot.write(report, root.resolve("stream.png"))).isNotEmptyFile();
  }

  @Test
  void shouldRefuseTooFewWindowsToCompare() {
    assertThatThrownBy(() -> run(15, 2)).isInstanceOf(Fault.class).hasMessageContaining("16");
  }
}
