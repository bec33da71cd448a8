package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.dataset.EditCase;
import dev.emend.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CaseSelectionTest {
  private static final List<EditCase> CASES = cases();

  private static List<EditCase> cases() {
    List<EditCase> cases = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String relation = i % 2 == 0 ? "city" : "sport";
      cases.add(
          EditCase.of("Subject " + i / 4, relation, "{} has")
              .id("case " + i)
              .object("Object " + i)
              .build(i));
    }
    return cases;
  }

  @Test
  void shouldKeepEveryCaseAndTheFilesOrderWithoutASeed() {
    assertThat(CaseSelection.ALL.of(CASES)).isEqualTo(CASES);
    assertThat(new CaseSelection(Optional.empty(), Optional.of(7), Set.of()).of(CASES))
        .isEqualTo(CASES.subList(0, 7));
  }

  @Test
  void shouldDrawOneCaseAFactInAnOrderThatTheSeedDecides() {
    List<EditCase> first = CaseSelection.ALL.withSeed(1).of(CASES);
    assertThat(first).hasSize(20).doesNotHaveDuplicates();
    assertThat(first).extracting(CaseSelection::factId).doesNotHaveDuplicates();
    assertThat(CaseSelection.ALL.withSeed(1).of(CASES)).isEqualTo(first);
    assertThat(CaseSelection.ALL.withSeed(2).of(CASES)).isNotEqualTo(first);
  }

  @Test
  void shouldTakeOnlyNamedRelations() {
    CaseSelection sports = new CaseSelection(Optional.of(3L), Optional.of(5), Set.of("sport"));
    assertThat(sports.of(CASES)).hasSize(5).extracting(EditCase::relation).containsOnly("sport");
    CaseSelection none = new CaseSelection(Optional.empty(), Optional.empty(), Set.of("age"));
    assertThatThrownBy(() -> none.of(CASES)).isInstanceOf(Fault.class).hasMessageContaining("age");
  }
}
