package dev.emend.tune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.evaluate.CaseSelection;
import dev.emend.evaluate.Evaluation;
import dev.emend.evaluate.ModelEditors;
import dev.emend.evaluate.OfflineEdit;
import dev.emend.evaluate.Scores;
import dev.emend.evaluate.TinyCases;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.SettingsFile;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TuningTest {
  private static final InstantSource STANDING_STILL = InstantSource.fixed(Instant.EPOCH);

  private static final double HANDICAP = 100;

  @TempDir Path root;
  private Path model;
  private Path facts;

  @BeforeEach
  void write() {
    model = TinyCases.writeModel(root);
    facts = TinyCases.writeFacts(root);
  }

  private TuneReport tune(InstantSource clock) {
    Tuning.Options options =
        new Tuning.Options(
            model,
            facts,
            CaseSelection.ALL,
            Optional.empty(),
            Duration.ofSeconds(1),
            ModelOptions.defaults());
    return Tuning.run(options, clock, Progress.NONE);
  }

  @Test
  void shouldWriteTheBestNumbersThatWereTriedIfTheyAreBetterOnUnseenCases() throws IOException {
    byte[] settings = Files.readAllBytes(model.resolve("emend.json"));
    TuneReport report = tune(STANDING_STILL);
    Trial best =
        report.trials().stream()
            .max(Comparator.comparingInt(Trial::cases).thenComparingDouble(Trial::goal))
            .orElseThrow();
    assertThat(report.trials()).hasSizeGreaterThan(6);
    assertThat(report.after().goal() > report.before().goal()).isEqualTo(report.written());
    assertThat(report.after().layers()).isEqualTo(best.layers());
    if (report.written()) {
      HyperParameters found = numbers();
      assertThat(found.layers()).isEqualTo(best.layers());
      assertThat(found.lambda()).isEqualTo(best.lambda());
      assertThat(found.clamp()).isEqualTo(best.clamp());
      assertThat(StatisticsFile.read(model.resolve(ModelEditors.STATISTICS)).layers())
          .containsAll(found.layers());
      assertThat(Files.readString(model.resolve("emend.json"))).contains("The river is. {}");
    } else {
      assertThat(Files.readAllBytes(model.resolve("emend.json"))).isEqualTo(settings);
    }
  }

  @Test
  void shouldEditWithTheNumbersFoundFromThenOn() throws IOException {
    // Told twice, so that the half that decides is the half that was searched on.
    Files.writeString(facts, Files.readString(facts).repeat(2));
    handicap();
    Scores handicapped = edited("before");
    TuneReport report = tune(STANDING_STILL);

    assertThat(report.written()).isTrue();
    assertThat(report.before().lambda()).isEqualTo(HANDICAP);
    assertThat(numbers().lambda()).isEqualTo(report.after().lambda()).isLessThan(HANDICAP);
    assertThat(edited("after").s()).isGreaterThan(Objects.requireNonNull(handicapped.s()));
  }

  @Test
  void shouldTryTheLayersThatTheModelsOwnStatisticsCover() {
    Path statistics = model.resolve(ModelEditors.STATISTICS);
    StatisticsFile.write(StatisticsFile.read(statistics).only(List.of(0, 1)), statistics);

    assertThat(tune(STANDING_STILL).trials())
        .extracting(Trial::layers)
        .contains(List.of(0), List.of(1), List.of(0, 1))
        .allSatisfy(layers -> assertThat(layers).doesNotContain(2));
  }

  /** Gives the model a lambda with which an edit hardly changes it. */
  private void handicap() {
    try (LanguageModel opened = LanguageModel.open(model, ModelOptions.defaults())) {
      EditorSettings settings = ModelEditors.settings(opened, EditOverrides.NONE);
      SettingsFile.write(model, settings.numbers().withLambda(HANDICAP), settings.templates());
    }
  }

  /** The scores of all cases after an edit as anybody would make it. */
  private Scores edited(String name) {
    Path out = root.resolve(name);
    OfflineEdit.run(
        new OfflineEdit.Options(
            model, facts, out, 10, EditOverrides.NONE, Optional.empty(), ModelOptions.defaults()),
        Progress.NONE);
    return Evaluation.run(
        new Evaluation.Options(out, facts, CaseSelection.ALL, ModelOptions.defaults()),
        Progress.NONE);
  }

  @Test
  void shouldTryTheSameThingsInTheSameOrder() {
    List<String> first = tried();
    write();
    assertThat(tried()).isEqualTo(first);
  }

  @Test
  void shouldStopWhenTheTimeIsUp() {
    Instant[] now = {Instant.EPOCH};
    InstantSource racing =
        () -> {
          now[0] = now[0].plusMillis(400);
          return now[0];
        };
    TuneReport report = tune(racing);
    assertThat(report.trials()).hasSizeBetween(1, 3);
    JsonNode json = JsonMapper.builder().build().valueToTree(report);
    assertThat(json.path("trials").path(0).path("lambda").isNumber()).isTrue();
  }

  private List<String> tried() {
    return tune(STANDING_STILL).trials().stream()
        .map(trial -> trial.layers() + " " + trial.lambda() + " " + trial.scores())
        .toList();
  }

  private HyperParameters numbers() {
    try (LanguageModel opened = LanguageModel.open(model, ModelOptions.defaults())) {
      return ModelEditors.settings(opened, EditOverrides.NONE).numbers();
    }
  }
}
