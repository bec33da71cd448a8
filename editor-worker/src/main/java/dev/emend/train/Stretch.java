package dev.emend.train;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Sums over consecutive training steps. Not thread-safe. */
final class Stretch {
  private final InstantSource clock;
  private final Instant began;
  private int steps;
  private long tokens;
  private double loss;
  private double norm;

  Stretch(InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
  }

  void add(long stepTokens, double stepLoss, double gradientNorm) {
    steps++;
    tokens += stepTokens;
    loss += stepLoss;
    norm += gradientNorm;
  }

  double meanLoss() {
    return loss / Math.max(1, steps);
  }

  double meanNorm() {
    return norm / Math.max(1, steps);
  }

  double tokensPerSecond() {
    double seconds = Duration.between(began, clock.instant()).toNanos() / 1e9;
    return seconds > 0 ? tokens / seconds : 0;
  }
}
