package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.bench.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that measure, from the command line to the files that they leave. */
class MeasureTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path root;
  private String model = "";
  private String facts = "";
  private Path report = Path.of("");

  @BeforeEach
  void write() {
    model = TinyModel.write(root).toString();
    facts = TinyModel.writeFacts(root, "Rome", "Paris", "Oslo").toString();
    report = root.resolve("report.json");
  }

  @Test
  void shouldCompareMethodsInATableAFileAndAPicture() throws IOException {
    Path picture = root.resolve("methods.png");
    CommandRun run =
        CommandRun.of(
            "eval",
            "--model=" + model,
            "--dataset=" + facts,
            "--subset=1,2",
            "--method=memit-mass,finetune",
            "--edits=1,3",
            "--threads=1",
            "--plot=" + picture,
            "--report=" + report);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("memit-mass", "finetune", "±", "wrote " + picture);
    assertThat(picture).isNotEmptyFile();
    JsonNode rows = JSON.readTree(report.toFile()).path("rows");
    assertThat(rows).hasSize(4);
    assertThat(rows.path(0).path("spread").path("ES").isNumber()).isTrue();
  }

  @Test
  void shouldRefuseAPictureThatIsNone() {
    CommandRun run =
        CommandRun.of(
            "eval", "--model=m", "--dataset=d", "--method=rome", "--plot=" + root.resolve("p.svg"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("emend: USAGE: ").contains(".png");
  }

  @Test
  void shouldEditInAPrecisionAndWriteAndAskInIt() throws IOException {
    CommandRun run =
        CommandRun.of(
            "bench",
            "precision",
            "--model=" + model,
            "--dataset=" + facts,
            "--cases=2",
            "--precision=fp16",
            "--report=" + report);

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode row = JSON.readTree(report.toFile()).path("results").path(0);
    assertThat(row.path("precision").asText()).isEqualTo("fp16");
    assertThat(row.path("ES").isNumber()).isTrue();
    assertThat(row.path("lost_share").asDouble()).isBetween(0.0, 1.0);
    assertThat(row.path("peak_rss_bytes").asLong()).isPositive();
  }
}
