package dev.emend.retain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Which versions of a model can always be rebuilt, with their weights and their ledger: the newest,
 * the young, and those that somebody has named. Everything after the oldest of them comes along.
 *
 * @param newest how many of the newest versions, at least 1
 * @param age versions that were the newest at some time within this age
 * @param named versions that aliases point to, for example
 */
public record RetentionPromise(int newest, Duration age, Set<Long> named) {
  /** Refuses to promise nothing. */
  public RetentionPromise {
    if (newest < 1 || age.isNegative()) {
      throw new IllegalArgumentException(
          "at least the newest version is kept and no age is below zero");
    }
    named = Set.copyOf(named);
  }

  /**
   * The oldest version that is promised.
   *
   * @param log the versions in the log, ascending, at least one
   */
  public long oldest(List<KeptVersion> log, Instant now) {
    long head = log.get(log.size() - 1).number();
    Instant since = now.minus(age);
    // The one that was the newest when the time began is the last that is not younger.
    long young =
        log.stream()
            .filter(version -> !version.createdAt().isAfter(since))
            .mapToLong(KeptVersion::number)
            .max()
            .orElse(log.get(0).number() - 1);
    long first = log.get(0).number() - 1; // what is gone cannot be promised anew
    long count = Math.max(first, head - newest + 1);
    long byName = named.stream().mapToLong(Long::longValue).min().orElse(head);
    return LongStream.of(count, young, byName).min().orElseThrow();
  }
}
