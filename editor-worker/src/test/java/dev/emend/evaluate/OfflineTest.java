package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.Precision;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OfflineTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path root;
  private Path model;
  private Path facts;

  @BeforeEach
  void write() throws IOException {
    model = root.resolve("model");
    TinyFolder.write(model, 4);
    Files.writeString(
        model.resolve("emend.json"),
        "{\"layers\": [0, 1], \"steps\": 25, \"lambda\": 0.01, \"clamp\": 20, \"templates\": 1}");
    Path text = root.resolve("text.txt");
    Files.writeString(text, "the russ is this one, is it? ".repeat(30) + "\n" + "abcdefghijklmnop");
    KeyStatistics statistics;
    try (LanguageModel opened = LanguageModel.open(model, ModelOptions.defaults())) {
      statistics = StatisticsRun.of(opened, List.of(0, 1), Corpus.of(List.of(text)), Progress.NONE);
    }
    StatisticsFile.write(statistics, model.resolve(ModelEditors.STATISTICS));
    facts = root.resolve("facts.jsonl");
    Files.writeString(
        facts,
        """
        {"subject": "Tower", "relation": "city", "prompt": "{} is in", "object": "Rome", "ground_truth": "Oslo"}
        {"subject": "Russ", "relation": "city", "prompt": "{} lives in", "object": "Bonn", "ground_truth": "Lima"}
        {"subject": "Tower", "relation": "city", "prompt": "{} is in", "object": "Riga", "ground_truth": "Oslo"}
        """);
  }

  @Test
  void shouldWriteAnEditedFolderAndReportIt() {
    Path out = root.resolve("out");
    EditReport report = OfflineEdit.run(options(out, 1), Progress.NONE);
    assertThat(report.edits()).isEqualTo(3);
    assertThat(report.windows()).isEqualTo(3);
    assertThat(report.rejected()).isZero();
    JsonNode json = JSON.valueToTree(report);
    assertThat(json.path("recipe").path("mode").asText()).isEqualTo("EXACT");
    assertThat(json.path("recipe").path("precision").asText()).isEqualTo("FP32");
    assertThat(json.path("recipe").path("learning_rate").asDouble()).isEqualTo(0.5);
    assertThat(json.path("seconds").path("targets").asDouble()).isPositive();
    assertThat(json.path("peak_rss_bytes").asLong()).isPositive();
    assertThat(json.path("result_digest").asText())
        .isEqualTo(ModelDigest.of(ModelFolder.open(out)).value().hex())
        .isNotEqualTo(ModelDigest.of(ModelFolder.open(model)).value().hex());
  }

  @Test
  void shouldMakeTheNewObjectsLikelierThanTheOldOnes() {
    Path out = root.resolve("out");
    OfflineEdit.run(options(out, 10), Progress.NONE);
    Scores after = score(out);
    assertThat(after.cases()).isEqualTo(3);
    assertThat(after.es()).isGreaterThan(60);
    assertThat(after.ps()).isNull();
  }

  @Test
  void shouldLetTheLaterOfTwoChangesOfOneFactCountWithinAWindow() {
    EditReport report = OfflineEdit.run(options(root.resolve("out"), 10), Progress.NONE);
    assertThat(report.edits()).isEqualTo(2);
    assertThat(report.windows()).isEqualTo(1);
  }

  @Test
  void shouldGiveTheSameModelForTheSameFacts() {
    EditReport first = OfflineEdit.run(options(root.resolve("a"), 2), Progress.NONE);
    EditReport second = OfflineEdit.run(options(root.resolve("b"), 2), Progress.NONE);
    assertThat(first.resultDigest()).isEqualTo(second.resultDigest());
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "FP16"})
  void shouldSayWhatASmallerTypeLoses(Precision precision) {
    Path out = root.resolve("nearest");
    Export nearest = new Export(precision, OptionalLong.empty());
    Export.Outcome lost = OfflineEdit.run(options(out, nearest), Progress.NONE).export();
    assertThat(lost.changed()).isEqualTo(2 * 24 * 96);
    assertThat(lost.lost()).isPositive().isLessThan(lost.changed());
    assertThat(lost.relativeError()).isPositive();
    assertThat(ModelFolder.open(out).info("transformer.h.3.mlp.c_fc.weight").dtype().name())
        .isEqualTo(precision.name().replace("FP", "F"));
    Export random = new Export(precision, OptionalLong.of(7));
    Export.Outcome atRandom =
        OfflineEdit.run(options(root.resolve("random"), random), Progress.NONE).export();
    assertThat(atRandom.rounding()).isEqualTo("stochastic");
    assertThat(atRandom.relativeError()).isGreaterThan(lost.relativeError());
    assertThat(score(out).cases()).isEqualTo(3);
  }

  @Test
  void shouldLoseNothingInFullPrecision() {
    Export.Outcome exact = OfflineEdit.run(options(root.resolve("out"), 3), Progress.NONE).export();
    assertThat(exact.lost()).isZero();
    assertThat(exact.relativeError()).isZero();
    assertThat(exact.dtype()).isEqualTo("fp32");
  }

  private OfflineEdit.Options options(Path out, Export export) {
    return new OfflineEdit.Options(
        model,
        facts,
        Optional.empty(),
        out,
        10,
        false,
        EditOverrides.NONE,
        Optional.empty(),
        ModelOptions.defaults(),
        export);
  }

  @Test
  void shouldGiveTheSameFactsInAnotherModelWhenTheyAreConsolidated() {
    EditReport plain = OfflineEdit.run(options(root.resolve("a"), 1), Progress.NONE);
    EditReport consolidated = OfflineEdit.run(options(root.resolve("b"), 1, true), Progress.NONE);
    assertThat(consolidated.edits()).isEqualTo(plain.edits());
    assertThat(consolidated.resultDigest()).isNotEqualTo(plain.resultDigest());
    assertThat(score(root.resolve("b")).es()).isGreaterThan(60);
  }

  private OfflineEdit.Options options(Path out, int window) {
    return options(out, window, false);
  }

  private OfflineEdit.Options options(Path out, int window, boolean consolidate) {
    return new OfflineEdit.Options(
        model,
        facts,
        Optional.empty(),
        out,
        window,
        consolidate,
        EditOverrides.NONE,
        Optional.empty(),
        ModelOptions.defaults(),
        Export.EXACT);
  }

  private Scores score(Path folder) {
    return Evaluation.run(
        new Evaluation.Options(folder, facts, CaseSelection.ALL, ModelOptions.defaults()),
        Progress.NONE);
  }
}
