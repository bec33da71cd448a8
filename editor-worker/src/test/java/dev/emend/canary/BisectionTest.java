package dev.emend.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.CanaryScores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BisectionTest {
  private static final BisectBudget PLENTY = new BisectBudget(10_000, Duration.ofHours(1));
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @Property(tries = 300)
  void shouldRefuseExactlyThoseThatFailAlone(
      @ForAll @IntRange(min = 2, max = 60) int items,
      @ForAll Set<@IntRange(max = 59) Integer> chosen) {
    Set<Integer> bad = within(items, chosen, 0);

    Bisection.Result<Integer> result =
        run(List.of(), range(items), part -> part.stream().noneMatch(bad::contains), PLENTY);

    assertThat(result.refused().keySet()).isEqualTo(bad);
    assertThat(result.passed()).containsExactlyElementsOf(without(items, bad));
  }

  @Property(tries = 300)
  void shouldLeaveWhatPassesTogetherAlsoWherePairsDoTheHarm(
      @ForAll @IntRange(min = 2, max = 40) int items,
      @ForAll @IntRange(max = 39) int one,
      @ForAll @IntRange(max = 39) int other) {
    Predicate<List<Integer>> good =
        part -> one == other || !(part.contains(one) && part.contains(other));

    Bisection.Result<Integer> result = run(List.of(), range(items), good, PLENTY);

    assertThat(good.test(result.passed())).isTrue();
    assertThat(result.passed().size() + result.refused().size()).isEqualTo(items);
    if (one != other && one < items && other < items) {
      assertThat(result.refused()).hasSize(1);
    }
  }

  @Property(tries = 200)
  void shouldFindOneCulpritInAboutTwiceTheLogarithmOfTrials(
      @ForAll @IntRange(min = 2, max = 1000) int items, @ForAll @IntRange(max = 999) int culprit) {
    int bad = culprit % items;

    Bisection.Result<Integer> result =
        run(List.of(), range(items), part -> !part.contains(bad), PLENTY);

    assertThat(result.refused()).containsOnlyKeys(bad);
    assertThat(result.trials())
        .isLessThanOrEqualTo(2 * (32 - Integer.numberOfLeadingZeros(items - 1)));
  }

  @Property(tries = 200)
  void shouldNeverTakeMoreTrialsThanAllowedAndRefuseWhatIsNotTried(
      @ForAll @IntRange(min = 2, max = 60) int items,
      @ForAll Set<@IntRange(max = 59) Integer> chosen,
      @ForAll @IntRange(max = 12) int budget) {
    Set<Integer> bad = within(items, chosen, 0);

    Bisection.Result<Integer> result =
        run(
            List.of(),
            range(items),
            part -> part.stream().noneMatch(bad::contains),
            new BisectBudget(budget, Duration.ofHours(1)));

    assertThat(result.trials()).isLessThanOrEqualTo(budget);
    assertThat(result.refused().keySet()).containsAll(bad);
    assertThat(result.passed().size() + result.refused().size()).isEqualTo(items);
  }

  @Test
  void shouldNeedOneTrialForASuspectThatIsTheCulprit() {
    Bisection.Result<Integer> result =
        run(
            List.of(7),
            without(100, Set.of(7)),
            part -> !part.contains(7),
            new BisectBudget(1, Duration.ofHours(1)));

    assertThat(result.trials()).isOne();
    assertThat(result.refused()).isEqualTo(Map.of(7, "measured"));
    assertThat(result.passed()).hasSize(99);
  }

  @Test
  void shouldBeginNoTrialAfterItsTime() {
    List<Instant> times = new ArrayList<>();
    InstantSource clock =
        () -> {
          times.add(Instant.EPOCH);
          return Instant.EPOCH.plusSeconds(times.size());
        };

    Bisection.Result<Integer> result =
        Bisection.run(
            List.of(),
            range(8),
            failure(),
            part -> failure(),
            new BisectBudget(100, Duration.ofSeconds(3)),
            clock);

    assertThat(result.trials()).isEqualTo(3);
    assertThat(result.passed()).isEmpty();
    assertThat(result.refused()).hasSize(8);
    assertThat(result.refused().get(7)).contains("budget", "measured");
  }

  private static Bisection.Result<Integer> run(
      List<Integer> likely,
      List<Integer> others,
      Predicate<List<Integer>> good,
      BisectBudget budget) {
    return Bisection.run(
        likely,
        others,
        failure(),
        part -> good.test(part) ? new Verdict.Passed(judgement()) : failure(),
        budget,
        CLOCK);
  }

  private static Verdict.Failed failure() {
    return new Verdict.Failed(judgement(), GateScore.LOCALITY, "measured");
  }

  private static Judgement judgement() {
    return new Judgement(
        CanaryScores.newBuilder().setEfficacy(1).setPrompts(0).build(),
        Set.of(),
        Map.of(),
        TextReading.NONE);
  }

  /** A window is only bisected if it fails, so at least one of its items is bad. */
  private static Set<Integer> within(int items, Set<Integer> chosen, int always) {
    Set<Integer> bad = new HashSet<>(Set.of(always));
    chosen.stream().filter(item -> item < items).forEach(bad::add);
    return bad;
  }

  private static List<Integer> range(int items) {
    return IntStream.range(0, items).boxed().toList();
  }

  private static List<Integer> without(int items, Set<Integer> bad) {
    return range(items).stream().filter(item -> !bad.contains(item)).toList();
  }
}
