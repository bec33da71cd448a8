package dev.emend.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.CanaryScores;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GateLimitsTest {
  private static final GateLimits GATE =
      new GateLimits(
          Map.of(
              GateScore.EFFICACY, new Limit(0.5, 0.7),
              GateScore.LOCALITY, new Limit(0.5, 0.6),
              GateScore.FORGETTING, new Limit(0.3, 0.2),
              GateScore.DRIFT, new Limit(0.5, 0.3),
              GateScore.PERPLEXITY, new Limit(1.5, 1.2),
              GateScore.CHANGE, new Limit(0.2, 0.1)),
          0,
          3);

  @Property
  void shouldPassWhileWaryOnlyWhatPassesWhileCalm(
      @ForAll @DoubleRange(max = 1) double efficacy,
      @ForAll @DoubleRange(max = 1) double locality,
      @ForAll @IntRange(min = 1, max = 300) int neighbours,
      @ForAll @DoubleRange(max = 1) double drift) {
    CanaryScores scores = good();
    scores.setEfficacy(efficacy);
    scores.setLocality(locality);
    scores.setNeighbourPrompts(neighbours);
    scores.setDriftKl(drift);

    boolean calm = passes(scores, GateState.CALM);
    boolean wary = passes(scores, GateState.WARY);

    assertThat(!wary || calm).isTrue();
  }

  @Test
  void shouldNameTheScoreThatIsBeyondItsLimit() {
    CanaryScores forgetful = good();
    forgetful.setOlderLost(0.5);
    forgetful.setOlderPrompts(32);
    CanaryScores babbling = good();
    babbling.setPerplexity(16.0);
    CanaryScores moved = good();
    moved.setChangeNorm(0.25);
    CanaryScores broken = good();
    broken.setDriftKl(Double.NaN);

    assertThat(measurement(forgetful)).isEqualTo("forgetting 0.500 is above 0.300");
    assertThat(measurement(babbling)).isEqualTo("perplexity 1.600 is above 1.500");
    assertThat(measurement(moved)).isEqualTo("change 0.250 is above 0.200");
    assertThat(measurement(broken)).startsWith("drift NaN");
    assertThat(measurement(good())).isEmpty();
  }

  @Test
  void shouldGiveASmallSampleTheBenefitOfTheDoubt() {
    CanaryScores few = good();
    few.setLocality(0.4);
    few.setNeighbourPrompts(5);
    CanaryScores many = good();
    many.setLocality(0.4);
    many.setNeighbourPrompts(200);

    assertThat(passes(few, GateState.CALM)).isTrue();
    assertThat(passes(many, GateState.CALM)).isFalse();
  }

  @Test
  void shouldFailAWindowForOneFactWhoseNeighboursMoveHoweverManyStay() {
    CanaryScores scores = good();
    scores.setLocality(0.99);
    scores.setNeighbourPrompts(1000);
    Judgement judgement =
        new Judgement(
            scores,
            Set.of(),
            Map.of("Ann|language", new Kept(990, 990), "Bob|city", new Kept(0, 10)),
            TextReading.NONE);

    Verdict verdict = GATE.decide(judgement, GateState.CALM);

    assertThat(verdict.<String>fold(passed -> "", Verdict.Failed::measurement))
        .isEqualTo("locality of Bob|city 0.000 is below 0.500");
    assertThat(judgement.suspects()).containsExactly("Bob|city");
  }

  @Test
  void shouldAllowManyFactsMoreDriftThanOne() {
    GateLimits gate = new GateLimits(Map.of(GateScore.DRIFT, new Limit(0.02, 0.01)), 0.001, 1);
    CanaryScores scores = good();
    scores.setDriftKl(0.1);
    scores.setOwnPrompts(10);
    Judgement few = new Judgement(scores, Set.of(), Map.of(), TextReading.NONE);
    CanaryScores more = CanaryScores.newBuilder(scores).setOwnPrompts(100).build();
    Judgement many = new Judgement(more, Set.of(), Map.of(), TextReading.NONE);

    assertThat(gate.decide(few, GateState.CALM).<String>fold(p -> "", Verdict.Failed::measurement))
        .isEqualTo("drift 0.100 is above 0.030");
    assertThat(gate.decide(many, GateState.CALM)).isInstanceOf(Verdict.Passed.class);
    assertThat(gate.decide(many, GateState.WARY)).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void shouldRefuseAReleaseThatIsLessStrictThanItsTrip() {
    assertThatThrownBy(() -> new GateLimits(Map.of(GateScore.EFFICACY, new Limit(0.5, 0.4)), 0, 1))
        .hasMessageContaining("efficacy is released at 0.4 but trips at 0.5");
    assertThatThrownBy(() -> new GateLimits(Map.of(GateScore.DRIFT, new Limit(0.5, 0.6)), 0, 1))
        .hasMessageContaining("drift");
  }

  @Property
  void shouldBeWaryAfterAFailureUntilEnoughWindowsInARowReachTheRelease(
      @ForAll List<@IntRange(max = 2) Integer> kinds,
      @ForAll @IntRange(min = 1, max = 5) int windows) {
    GateState state = GateState.CALM;
    int good = 0;
    int slipping = 0;
    boolean wary = false;
    for (int kind : kinds) { // 0 fails, 1 passes but misses a release, 2 reaches all
      state = state.after(kind == 0, kind == 2, windows);
      good = kind == 2 ? good + 1 : 0;
      slipping = kind == 1 ? slipping + 1 : 0;
      if (kind == 0) {
        wary = true;
        good = 0;
        slipping = 0;
      } else if (wary && good >= windows) {
        wary = false;
        slipping = 0;
      } else if (!wary && slipping >= windows) {
        wary = true;
        good = 0;
      }
      assertThat(state.wary()).isEqualTo(wary);
    }
  }

  @Test
  void shouldLearnFromTheVerdictAndFromTheReleaseLimits() {
    CanaryScores mediocre = good();
    mediocre.setEfficacy(0.6);
    Judgement judgement = new Judgement(mediocre, Set.of(), Map.of(), TextReading.NONE);
    GateState state = GateState.CALM;
    for (int i = 0; i < 3; i++) {
      assertThat(state.wary()).isFalse();
      state = GATE.after(state, GATE.decide(judgement, state));
    }

    assertThat(state.wary()).isTrue();
    assertThat(GATE.decide(judgement, state)).isInstanceOf(Verdict.Failed.class);
  }

  private static boolean passes(CanaryScores scores, GateState state) {
    return GATE.decide(new Judgement(scores, Set.of(), Map.of(), TextReading.NONE), state)
        instanceof Verdict.Passed;
  }

  private static String measurement(CanaryScores scores) {
    return GATE.decide(new Judgement(scores, Set.of(), Map.of(), TextReading.NONE), GateState.CALM)
        .fold(passed -> "", Verdict.Failed::measurement);
  }

  private static CanaryScores good() {
    return CanaryScores.newBuilder()
        .setEfficacy(1)
        .setLocality(1.0)
        .setNeighbourPrompts(10)
        .setRetest(1.0)
        .setOlderLost(0.0)
        .setOlderPrompts(16)
        .setDriftKl(0.01)
        .setPerplexity(10.0)
        .setParentPerplexity(10.0)
        .setChangeNorm(0.01)
        .setPrompts(27)
        .build();
  }
}
