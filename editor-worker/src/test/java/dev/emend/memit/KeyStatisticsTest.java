package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyStatisticsTest {
  @Test
  void shouldComeBackFromTheirFileAsTheyWere(@TempDir Path folder) {
    try (TinyEditor tiny = TinyEditor.open(folder.resolve("model"))) {
      KeyStatistics statistics = tiny.statistics();
      Path file = folder.resolve("statistics.safetensors");
      StatisticsFile.write(statistics, file);
      KeyStatistics read = StatisticsFile.read(file);
      assertThat(read.origin()).isEqualTo(statistics.origin());
      assertThat(read.layers()).containsExactly(0, 1);
      try (Matrix before = statistics.secondMoment(1);
          Matrix after = read.secondMoment(1)) {
        assertThat(after.toColumnMajor()).isEqualTo(before.toColumnMajor());
      }
    }
  }

  @Test
  void shouldRefuseAFileThatHoldsSomethingElse(@TempDir Path folder) throws IOException {
    try (TinyEditor tiny = TinyEditor.open(folder)) {
      assertThat(tiny.statistics().size()).isEqualTo(tiny.model().config().innerWidth());
      assertThatThrownBy(() -> StatisticsFile.read(folder.resolve("model.safetensors")))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("no key statistics");
    }
  }

  @Test
  void shouldSayWhichLayersTheyCoverWhenOneIsMissing(@TempDir Path folder) {
    try (TinyEditor tiny = TinyEditor.open(folder)) {
      assertThatThrownBy(() -> tiny.statistics().secondMoment(2))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("[0, 1]")
          .hasMessageContaining("emend stats");
    }
  }

  @Test
  void shouldReadSettingsBesideAModelAndRefuseUnknownKeys(@TempDir Path folder) throws IOException {
    HyperParameters family = FamilyDefaults.of("gpt2", 6);
    assertThat(SettingsFile.read(folder, family).numbers()).isEqualTo(family);
    HyperParameters own =
        new HyperParameters(
            List.of(1, 2), 7, 0.4, 500, 2, 0.1, 0.5, 0.01, 2, TargetMethod.NORMALISED);
    SettingsFile.write(folder, own, TinyEditor.TEMPLATES);
    SettingsFile.Given given = SettingsFile.read(folder, family);
    assertThat(given.numbers()).isEqualTo(own);
    assertThat(given.templates()).contains(TinyEditor.TEMPLATES);
    Files.writeString(
        folder.resolve(SettingsFile.NAME), "{\"mode\": \"fast\", \"clamp\": 2, \"layers\": [1]}");
    assertThat(SettingsFile.read(folder, family).numbers())
        .isEqualTo(EditMode.FAST.of(family, family).onLayers(List.of(1)).withSearch(0.5, 2));
    Files.writeString(folder.resolve(SettingsFile.NAME), "{\"lamda\": 3}");
    assertThatThrownBy(() -> SettingsFile.read(folder, family))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("lamda");
  }

  @Test
  void shouldScaleThePublishedLayersToTheDepthOfAModel() {
    assertThat(FamilyDefaults.of("gpt2", 48).layers()).containsExactly(13, 14, 15, 16, 17);
    assertThat(FamilyDefaults.of("gptj", 28).layers()).containsExactly(3, 4, 5, 6, 7, 8);
    assertThat(FamilyDefaults.of("llama", 32).layers()).containsExactly(4, 5, 6, 7, 8);
    assertThat(FamilyDefaults.of("gpt2", 6).layers()).containsExactly(0, 1, 2);
    assertThat(FamilyDefaults.of("gpt2", 2).layers()).containsExactly(0);
  }
}
