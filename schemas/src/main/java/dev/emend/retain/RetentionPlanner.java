package dev.emend.retain;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans what may be deleted. A log is cut at its front only, so what matters is one number: the
 * newest snapshot that is not later than the oldest promised version. Pure.
 */
public final class RetentionPlanner {
  private final RetentionPromise promise;
  private final SnapshotDistance distance;

  /** Keeps a promise, with snapshots at a distance. */
  public RetentionPlanner(RetentionPromise promise, SnapshotDistance distance) {
    this.promise = promise;
    this.distance = distance;
  }

  /**
   * The version of which a snapshot is wanted first; the oldest promised one, unless the last
   * snapshot before it is near enough. 0 if none is.
   *
   * @param log the versions in the log, ascending and without gaps
   * @param snapshots versions of which there are snapshots
   */
  public long snapshotWanted(List<KeptVersion> log, Collection<Long> snapshots, Instant now) {
    if (log.isEmpty()) {
      return 0;
    }
    long oldest = promise.oldest(log, now);
    long last = start(log, snapshots, oldest);
    long bytes =
        log.stream()
            .filter(version -> version.number() > last && version.number() <= oldest)
            .mapToLong(KeptVersion::payloadBytes)
            .sum();
    return distance.isReached(oldest - last, bytes) ? oldest : 0;
  }

  /**
   * What may go now.
   *
   * @param log as above
   * @param snapshots snapshots that were found whole
   * @throws Fault VERSION_CHAIN if a promised version cannot be rebuilt as it is
   */
  public RetentionPlan plan(List<KeptVersion> log, Collection<Long> snapshots, Instant now) {
    if (log.isEmpty()) {
      return new RetentionPlan(0, 0, List.of(), Set.of());
    }
    long oldest = promise.oldest(log, now);
    long start = start(log, snapshots, oldest);
    Set<String> blobs = new HashSet<>();
    log.stream().filter(v -> v.number() <= start).forEach(v -> blobs.addAll(v.blobs()));
    log.stream().filter(v -> v.number() > start).forEach(v -> blobs.removeAll(v.blobs()));
    List<Long> old = snapshots.stream().filter(version -> version < start).sorted().toList();
    return new RetentionPlan(oldest, start, old, blobs);
  }

  private static long start(List<KeptVersion> log, Collection<Long> snapshots, long oldest) {
    long first = log.get(0).number();
    for (int i = 1; i < log.size(); i++) {
      if (log.get(i).number() != first + i) {
        throw new Fault(
            FaultCode.VERSION_CHAIN,
            "the log lacks version %d; nothing is deleted".formatted(first + i));
      }
    }
    // From a start before the log's own beginning its first version cannot be reached.
    return snapshots.stream()
        .mapToLong(Long::longValue)
        .filter(version -> version <= oldest && version >= first - 1)
        .max()
        .orElseGet(() -> base(first, oldest));
  }

  private static long base(long first, long oldest) {
    if (first > 1) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the log begins with version %d and no snapshot from %d to %d was found; nothing is deleted"
              .formatted(first, first - 1, oldest));
    }
    return 0;
  }
}
