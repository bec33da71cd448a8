package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.memit.EditOverrides;
import dev.emend.method.MethodName;
import dev.emend.method.MethodOptions;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MethodComparisonTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path root;
  private Path model;
  private Path facts;

  @BeforeEach
  void write() {
    model = TinyCases.writeModel(root);
    facts = TinyCases.writeFacts(root);
  }

  private ComparisonReport compare(
      List<MethodName> methods, List<Integer> edits, List<Long> subsets) {
    return MethodComparison.run(
        new MethodComparison.Options(
            model,
            facts,
            CaseSelection.ALL,
            subsets,
            methods,
            edits,
            EditOverrides.NONE,
            Optional.empty(),
            MethodOptions.PUBLISHED,
            ModelOptions.defaults()),
        Progress.NONE);
  }

  @Test
  void shouldGiveARowForEachMethodAndNumberOfEdits() {
    ComparisonReport report =
        compare(
            List.of(MethodName.MEMIT_MASS, MethodName.MEMIT_SEQUENTIAL),
            List.of(1, 4, 100),
            List.of());
    assertThat(report.rows())
        .extracting(ComparisonReport.Row::edits)
        .containsExactly(1, 4, 6, 1, 4, 6);
    assertThat(report.rows())
        .extracting(row -> row.scores().cases())
        .containsExactly(6, 4, 6, 6, 4, 6);
    // One fact at a time, each from the unedited weights, is the same thing done by both.
    assertThat(report.rows().get(0).scores()).isEqualTo(report.rows().get(3).scores());
    JsonNode row = JSON.valueToTree(report).path("rows").path(0);
    assertThat(row.path("method").asText()).isEqualTo("memit-mass");
    assertThat(row.path("scores").path("ES").isNumber()).isTrue();
    assertThat(row.path("seconds_per_edit").asDouble()).isPositive();
  }

  @Test
  void shouldLeaveTheModelAsItWasBetweenMethods() {
    List<MethodName> mass = List.of(MethodName.MEMIT_MASS);
    ComparisonReport alone = compare(mass, List.of(), List.of());
    ComparisonReport after =
        compare(List.of(MethodName.ROME, MethodName.MEMIT_MASS), List.of(), List.of());
    assertThat(after.rows().get(1).scores()).isEqualTo(alone.rows().get(0).scores());
    assertThat(alone.rows().get(0).scores()).isNotEqualTo(alone.before());
  }

  @Test
  void shouldPoolSubsetsAndKeepThemApart() {
    ComparisonReport report = compare(List.of(MethodName.ROME), List.of(3), List.of(1L, 2L));
    ComparisonReport.Row row = report.rows().get(0);
    assertThat(row.subsets()).hasSize(2);
    assertThat(row.scores().cases()).isEqualTo(12);
    double mean =
        row.subsets().stream()
            .mapToDouble(scores -> Objects.requireNonNull(scores.es()))
            .average()
            .orElseThrow();
    assertThat(row.scores().es()).isEqualTo(mean);
  }
}
