package dev.emend.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.dataset.EditCase;
import dev.emend.event.FactOp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationGridTest {
  private static final List<Integer> SIZES = List.of(1, 2, 4, 8);

  @Property(tries = 50)
  void shouldMeasureEachSizeOnceInEachRound(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int rounds) {
    CalibrationGrid grid = CalibrationGrid.of(cases(60), SIZES, rounds, seed);
    assertThat(grid.windows()).hasSize(SIZES.size() * rounds);
    for (int round = 0; round < rounds; round++) {
      List<Integer> sizes = new ArrayList<>();
      for (int i = 0; i < SIZES.size(); i++) {
        sizes.add(grid.windows().get(round * SIZES.size() + i).size());
      }
      assertThat(sizes).containsExactlyInAnyOrderElementsOf(SIZES);
    }
  }

  @Property(tries = 50)
  void shouldNeverTellAModelTheSameFactTwice(
      @ForAll long seed, @ForAll @IntRange(min = 15, max = 60) int known) {
    CalibrationGrid grid = CalibrationGrid.of(cases(known), SIZES, 7, seed);
    assertThat(grid.fresh().get(0)).isTrue();
    Set<EditCase> told = new HashSet<>();
    for (int i = 0; i < grid.windows().size(); i++) {
      if (grid.fresh().get(i)) {
        told.clear();
      }
      for (EditCase edit : grid.windows().get(i)) {
        assertThat(told.add(edit)).as("window %d tells %s anew", i, edit.id()).isTrue();
      }
    }
  }

  @Test
  void shouldStartOverSoThatEachSizeMeetsSmallStocksToo() {
    CalibrationGrid grid = CalibrationGrid.of(cases(500), SIZES, 6, 1);
    assertThat(grid.fresh()).filteredOn(fresh -> fresh).hasSize(2);
    assertThat(grid.fresh().get(3 * SIZES.size())).isTrue();
  }

  @Test
  void shouldCutTheLargestWindowsToWhatThereIs() {
    CalibrationGrid grid = CalibrationGrid.of(cases(5), SIZES, 1, 3);
    assertThat(grid.windows()).allSatisfy(window -> assertThat(window).isNotEmpty());
    assertThat(grid.windows().stream().mapToInt(List::size).sum()).isEqualTo(5);
  }

  @Test
  void shouldRepeatItselfWithTheSameSeedOnly() {
    CalibrationGrid once = CalibrationGrid.of(cases(60), SIZES, 3, 9);
    assertThat(CalibrationGrid.of(cases(60), SIZES, 3, 9)).isEqualTo(once);
    assertThat(CalibrationGrid.of(cases(60), SIZES, 3, 10)).isNotEqualTo(once);
  }

  private static List<EditCase> cases(int count) {
    return IntStream.range(0, count).mapToObj(CalibrationGridTest::edit).toList();
  }

  private static EditCase edit(int i) {
    return new EditCase(
        "case-" + i,
        "Subject " + i,
        "relation",
        "{} is called",
        "Object",
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        FactOp.ASSERT);
  }
}
