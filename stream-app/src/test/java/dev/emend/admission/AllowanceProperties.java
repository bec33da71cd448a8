package dev.emend.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class AllowanceProperties {

  @Property
  void shouldNeverLetMoreThroughThanABucketAndWhatFlowedIn(
      @ForAll @IntRange(min = 1, max = 10_000) int perMinute,
      @ForAll @IntRange(min = 1, max = 12) int shares,
      @ForAll @Size(min = 1, max = 300) List<@LongRange(min = -2_000, max = 9_000) Long> pauses) {
    Allowance left = Allowance.full(new Allowance.Rate(perMinute, shares), 0);
    long now = 0;
    long latest = 0;
    int said = 0;
    for (long pause : pauses) {
      now += pause; // clocks of publishers also run back
      latest = Math.max(latest, now);
      Allowance then = left.at(now);
      left = then.spend().orElse(then);
      said += then.spend().isPresent() ? 1 : 0;
      double bucket = Math.max(1.0, (double) perMinute / shares);
      double flowed = latest * (double) perMinute / shares / 60_000;
      assertThat((double) said).isLessThanOrEqualTo(bucket + flowed + 1e-6);
    }
  }

  @Property
  void shouldNeverRefuseASourceThatKeepsToItsPace(
      @ForAll @IntRange(min = 1, max = 60_000) int perMinute,
      @ForAll @IntRange(min = 1, max = 1_000) int facts) {
    long pause = (60_000L + perMinute - 1) / perMinute;
    Allowance left = Allowance.full(new Allowance.Rate(perMinute, 1), 0);
    for (int fact = 0; fact < facts; fact++) {
      left = left.at(fact * pause).spend().orElseThrow();
    }
    assertThat(left.units()).isNotNegative();
  }

  @Property
  void shouldHoldNoMoreThanAMinuteHoweverLongNobodySpoke(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int perMinute,
      @ForAll @IntRange(min = 1, max = 1_000) int shares,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long pause) {
    Allowance full = Allowance.full(new Allowance.Rate(perMinute, shares), 0);
    Allowance later = full.spend().orElseThrow().at(pause);
    assertThat(later.units()).isNotNegative().isLessThanOrEqualTo(full.units());
  }
}
