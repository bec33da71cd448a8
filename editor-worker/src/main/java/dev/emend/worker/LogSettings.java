package dev.emend.worker;

import dev.emend.size.ByteSize;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the worker uses the log.
 *
 * @param topics names of the topics
 * @param inlineLimit bytes of payloads that a version's record may hold; the others go to chunks
 * @param chunkSize bytes of payload in one chunk, at least 1
 * @param transactionTimeout after which the broker aborts an open transaction; it runs only while
 *     records are sent, never while a window is edited
 * @param pollInterval longest wait for a window
 * @param retryPause pause before a failed step is tried again
 * @param safeguards signatures
 * @param blobs where payloads go that a version's record does not hold, as {@code BlobStores} reads
 *     it; empty for chunks in the log
 * @param snapshots folder of snapshots to start from, which a log that was cut needs
 * @param compaction when the worker itself shortens the log, which needs {@code snapshots}; empty
 *     to leave that to {@code emend compact}
 */
public record LogSettings(
    Topics topics,
    ByteSize inlineLimit,
    ByteSize chunkSize,
    Duration transactionTimeout,
    Duration pollInterval,
    Duration retryPause,
    Safeguards safeguards,
    Optional<String> blobs,
    Optional<Path> snapshots,
    Optional<CompactionRule> compaction) {

  /** The settings of a stack with standard topics. */
  public static LogSettings defaults() {
    return new LogSettings(
        Topics.standard(),
        ByteSize.parse("512KB"),
        ByteSize.parse("768KB"),
        Duration.ofSeconds(60),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Safeguards.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Refuses times that are not above zero. */
  public LogSettings {
    Objects.requireNonNull(topics, "topics");
    Objects.requireNonNull(inlineLimit, "inlineLimit");
    if (chunkSize.bytes() < 1) {
      throw new IllegalArgumentException("a chunk holds at least a byte");
    }
    requirePositive("transaction timeout", transactionTimeout);
    requirePositive("poll interval", pollInterval);
    requirePositive("retry pause", retryPause);
    Objects.requireNonNull(safeguards, "safeguards");
    Objects.requireNonNull(blobs, "blobs");
    Objects.requireNonNull(snapshots, "snapshots");
    if (compaction.isPresent() && snapshots.isEmpty()) {
      throw new IllegalArgumentException(
          "compact.every.* needs the folder 'snapshots': without them a log that was cut cannot be followed");
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the " + name + " is above zero, not " + duration);
    }
  }
}
