package dev.emend.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.StandingFact;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RotatingSampleTest {

  @Property(tries = 200)
  void shouldSeeEveryFactInAsFewTurnsAsPossible(
      @ForAll @IntRange(min = 1, max = 60) int facts,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(max = 1000) int from,
      @ForAll long seed) {
    RotatingSample sample = new RotatingSample(seed);
    int turns = (facts + count - 1) / count;
    Set<String> seen = new HashSet<>();
    for (int turn = from; turn < from + turns; turn++) {
      List<StandingFact> drawn = sample.draw(turn, count, facts(facts), Set.of());
      assertThat(drawn).hasSize(Math.min(count, facts)).doesNotHaveDuplicates();
      drawn.forEach(fact -> seen.add(fact.factId()));
    }

    assertThat(seen).hasSize(facts);
  }

  @Property(tries = 100)
  void shouldPassOverWhatIsEditedAndDependOnNothingButItsArguments(
      @ForAll @IntRange(min = 4, max = 40) int facts, @ForAll @IntRange(max = 100) int turn) {
    RotatingSample sample = new RotatingSample(3);
    Set<String> edited = Set.of("S0|r", "S2|r");

    List<StandingFact> drawn = sample.draw(turn, 4, facts(facts), edited);

    assertThat(drawn).noneMatch(fact -> edited.contains(fact.factId()));
    assertThat(drawn).hasSize(Math.min(4, facts - 2));
    assertThat(sample.draw(turn, 4, facts(facts), edited)).isEqualTo(drawn);
  }

  @Test
  void shouldOrderTheCircleByTheSeed() {
    List<StandingFact> one = new RotatingSample(1).draw(0, 30, facts(30), Set.of());
    List<StandingFact> other = new RotatingSample(2).draw(0, 30, facts(30), Set.of());

    assertThat(one).isNotEqualTo(other).containsExactlyInAnyOrderElementsOf(other);
    assertThat(new RotatingSample(1).draw(5, 3, List.of(), Set.of())).isEmpty();
  }

  private static List<StandingFact> facts(int count) {
    return IntStream.range(0, count).mapToObj(RotatingSampleTest::fact).toList();
  }

  private static StandingFact fact(int i) {
    return new StandingFact(
        "S" + i + "|r",
        "e",
        "S" + i,
        "r",
        "{} is",
        "x",
        null,
        1,
        FloatVector.of(),
        List.of(),
        null,
        null,
        Instant.EPOCH,
        "test");
  }
}
