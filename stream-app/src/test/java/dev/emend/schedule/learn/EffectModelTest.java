package dev.emend.schedule.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectModelTest {
  private static final int MOST = 128;
  private final EffectModel model = new EffectModel(1);

  @Test
  void shouldAllowAnySizeWhileNothingIsKnown() {
    assertThat(model.largest(new Floors(0.9, 0.9), 0, MOST, 0)).isEqualTo(MOST);
  }

  @Test
  void shouldTakeTheLargestSizeWhoseShareStaysAboveTheFloor() {
    learn(0.99, 0.9, 0.75, 0.55);
    int lenient = model.largest(new Floors(0.7, 0), 0, MOST, MOST);
    int strict = model.largest(new Floors(0.85, 0), 0, MOST, MOST);
    assertThat(strict).isLessThan(lenient).isBetween(8, 32);
    assertThat(lenient).isBetween(32, 100);
    assertThat(model.efficacy().share(lenient, 0).mean()).isGreaterThanOrEqualTo(0.7);
    assertThat(model.efficacy().share(lenient + 1, 0).mean()).isLessThan(0.7);
  }

  @Test
  void shouldAskOfASizeThatHasNotProvedItselfThatEvenTheLowerEndHolds() {
    learn(0.99, 0.9, 0.75, 0.55);
    int proven = model.largest(new Floors(0.8, 0), 0, MOST, MOST);
    int unproven = model.largest(new Floors(0.8, 0), 0, MOST, 0);
    assertThat(unproven).isLessThan(proven);
    assertThat(model.efficacy().share(unproven, 0).low()).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void shouldNotShrinkWindowsForAFloorThatNoSizeReaches() {
    learn(0.6, 0.6, 0.6, 0.6);
    assertThat(model.largest(new Floors(0.9, 0), 0, MOST, MOST)).isGreaterThan(8);
  }

  /** Else windows of one fact would be all that ever goes once the stock has passed the floor. */
  @Test
  void shouldLetWindowsGrowAgainThoughNoneHasProvedItselfAgainstAFloorThatNoSizeReaches() {
    learn(0.6, 0.6, 0.6, 0.6);
    assertThat(model.largest(new Floors(0.9, 0), 0, MOST, 1)).isGreaterThan(8);
    assertThat(model.meets(new Floors(0.9, 0), 8, 0)).isTrue();
  }

  @Test
  void shouldTellASizeThatBreaksTheFloorFromOneThatKeepsIt() {
    learn(0.99, 0.9, 0.75, 0.55);
    assertThat(model.meets(new Floors(0.8, 0), 8, 0)).isTrue();
    assertThat(model.meets(new Floors(0.8, 0), 100, 0)).isFalse();
  }

  @Test
  void shouldNotCallChanceAMissedFloor() {
    Floors floors = new Floors(0.8, 0);
    assertThat(floors.metBy(effect(100, 0.75))).isTrue();
    assertThat(floors.metBy(effect(100, 0.7))).isFalse();
    assertThat(floors.metBy(effect(4, 0.5))).isTrue();
    assertThat(floors.metBy(effect(4, 0))).isFalse();
  }

  private static Effect effect(int asked, double efficacy) {
    return new Effect(new Share(efficacy, asked), Share.UNKNOWN, Share.UNKNOWN, Share.UNKNOWN);
  }

  @Test
  void shouldHoldTheLocalityAboveItsFloorToo() {
    for (int i = 0; i < 30; i++) {
      observe(4, 1, 0.99);
      observe(100, 1, 0.6);
    }
    assertThat(model.largest(new Floors(0.5, 0.9), 0, MOST, MOST)).isLessThan(64);
    assertThat(model.largest(new Floors(0.5, 0), 0, MOST, MOST)).isEqualTo(MOST);
  }

  private void learn(double one, double sixteen, double fortyEight, double hundred) {
    for (int i = 0; i < 30; i++) {
      observe(1, one, 1);
      observe(16, sixteen, 1);
      observe(48, fortyEight, 1);
      observe(100, hundred, 1);
    }
  }

  private void observe(int facts, double efficacy, double locality) {
    Effect effect =
        new Effect(
            new Share(efficacy, facts), Share.UNKNOWN, new Share(locality, facts), Share.UNKNOWN);
    model.observe(
        new Observation(new WindowLoad(facts, 10.0 * facts, 12), 0, 1, Map.of(), 0, effect));
  }
}
