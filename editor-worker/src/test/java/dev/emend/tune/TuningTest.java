package dev.emend.tune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.evaluate.CaseSelection;
import dev.emend.evaluate.ModelEditors;
import dev.emend.evaluate.TinyCases;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.HyperParameters;
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
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TuningTest {
  private static final InstantSource STANDING_STILL = InstantSource.fixed(Instant.EPOCH);

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
