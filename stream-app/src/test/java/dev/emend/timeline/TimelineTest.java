package dev.emend.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.dataset.EditCase;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void shouldTakeAValueOverWhenTheNextBegins() {
    assertThat(points(says("A", 1, 5), says("B", 5, null))).containsExactly("1 A", "5 B");
  }

  @Test
  void shouldRetractInAGap() {
    assertThat(points(says("A", 1, 3), says("B", 5, null))).containsExactly("1 A", "3 -", "5 B");
  }

  @Test
  void shouldLetTheNewerOfTwoOverlappingValuesHold() {
    assertThat(points(says("A", 1, 6), says("B", 4, 9))).containsExactly("1 A", "4 B", "9 -");
  }

  @Test
  void shouldLetAnOlderValueComeBackThatOutlastsTheNewerOne() {
    assertThat(points(says("A", 1, null), says("B", 4, 6))).containsExactly("1 A", "4 B", "6 A");
  }

  @Test
  void shouldSayARenewedTermOnlyOnce() {
    assertThat(points(says("A", 1, 5), says("A", 5, 9), says("B", 9, null)))
        .containsExactly("1 A", "9 B");
  }

  @Test
  void shouldPreferTheLaterLineOfTwoThatBeginTogether() {
    assertThat(points(says("A", 1, null), says("B", 1, null))).containsExactly("1 B");
  }

  @Test
  void shouldRefuseAStatementWithoutADate() {
    EditCase undated = EditCase.of("Peru", "president", "{} is led by").object("A").build(0);
    assertThatThrownBy(() -> Timeline.changePoints(List.of(undated)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("has no valid_from");
  }

  /** On each day the sweep says what a look at all statements says. */
  @Property(tries = 300)
  void shouldAgreeWithALookAtEachDay(@ForAll("statements") List<EditCase> statements) {
    List<ChangePoint> points = Timeline.changePoints(statements);
    for (int day = 0; day < 12; day++) {
      Instant at = day(day);
      String expected = null;
      Instant since = Instant.MIN;
      for (EditCase statement : statements) {
        if (holds(statement, at) && !from(statement).isBefore(since)) {
          since = from(statement);
          expected = statement.object();
        }
      }
      assertThat(swept(points, at)).as("day %s", day).isEqualTo(expected);
    }
    assertThat(points).isSortedAccordingTo(Comparator.comparing(ChangePoint::at));
  }

  private static @Nullable String swept(List<ChangePoint> points, Instant at) {
    String object = null;
    for (ChangePoint point : points) {
      if (!point.at().isAfter(at)) {
        object = point.object();
      }
    }
    return object;
  }

  private static boolean holds(EditCase statement, Instant at) {
    Instant to = statement.validTo();
    return !from(statement).isAfter(at) && (to == null || to.isAfter(at));
  }

  private static Instant from(EditCase statement) {
    Instant from = statement.validFrom();
    return from == null ? Instant.MIN : from;
  }

  @Provide
  Arbitrary<List<EditCase>> statements() {
    return Combinators.combine(
            Arbitraries.of("A", "B", "C"),
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(1, 5))
        .as((object, from, length) -> says(object, from, length == 5 ? null : from + length))
        .list()
        .ofMaxSize(8);
  }

  private static List<String> points(EditCase... statements) {
    List<String> points = new ArrayList<>();
    for (ChangePoint point : Timeline.changePoints(List.of(statements))) {
      long day = Duration.between(day(0), point.at()).toDays();
      points.add(day + " " + (point.op() == FactOp.RETRACT ? "-" : point.object()));
    }
    return points;
  }

  private static EditCase says(String object, int from, @Nullable Integer to) {
    return EditCase.of("Peru", "president", "The president of {} is")
        .object(object)
        .valid(day(from), to == null ? null : day(to))
        .build(0);
  }

  private static Instant day(int day) {
    return Instant.parse("2000-01-01T00:00:00Z").plusSeconds(86_400L * day);
  }
}
