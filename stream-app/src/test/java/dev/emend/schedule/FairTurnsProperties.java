package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FairTurnsProperties {
  private static final double LONGEST = 10;

  @Property(tries = 200)
  void shouldServeModelsThatAlwaysWantSomethingEquallyWhateverTheirWindowsTake(@ForAll long seed) {
    Random random = new Random(seed);
    FairTurns turns = new FairTurns(1);
    List<String> models = List.of("a", "b", "c");
    Map<String, Double> served = new HashMap<>(Map.of("a", 0.0, "b", 0.0, "c", 0.0));
    for (int i = 0; i < 100; i++) {
      String next = turns.order(models).get(0);
      double seconds = (next.equals("a") ? 1 : 0.1) * LONGEST * random.nextDouble();
      turns.charge(next, seconds);
      served.merge(next, seconds, Double::sum);
      double most = served.values().stream().mapToDouble(v -> v).max().orElseThrow();
      double least = served.values().stream().mapToDouble(v -> v).min().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(LONGEST);
    }
  }

  @Test
  void shouldNotLetAModelSaveTimeUpWhileItWantsNothing() {
    FairTurns turns = new FairTurns(1);
    turns.order(List.of("busy"));
    turns.charge("busy", 1000);
    assertThat(turns.order(List.of("busy", "late"))).containsExactly("busy", "late");
    turns.charge("busy", 1);
    assertThat(turns.order(List.of("busy", "late"))).containsExactly("late", "busy");
  }

  @Test
  void shouldCountSlots() {
    assertThat(new FairTurns(2).free(1)).isTrue();
    assertThat(new FairTurns(2).free(2)).isFalse();
    assertThat(new FairTurns(0).free(1000)).isTrue();
  }
}
