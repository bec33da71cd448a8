package dev.emend.itests.chaos;

import dev.emend.event.DeltaKind;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.chaos.ChaosPlan.Deed;
import dev.emend.itests.chaos.check.Finding;
import dev.emend.itests.chaos.check.RunLog;
import dev.emend.itests.chaos.system.Slot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a run came to.
 *
 * @param settings what it was
 * @param findings what is wrong
 * @param log what it left
 * @param versions the deltas with the time at which they were written
 * @param slots the processes, for their recoveries
 * @param lost how often a worker lost its place
 * @param repeats records that had to be sent again
 * @param missed deeds that could not be done
 * @param times how long its parts took
 */
record ChaosResult(
    ChaosSettings settings,
    List<Finding> findings,
    RunLog log,
    List<ConsumerRecord<String, ModelDelta>> versions,
    List<Slot> slots,
    LostPlaces lost,
    int repeats,
    List<Deed> missed,
    Times times) {
  /** Copies the lists. */
  ChaosResult {
    findings = List.copyOf(findings);
    versions = List.copyOf(versions);
    slots = List.copyOf(slots);
    missed = List.copyOf(missed);
  }

  /** Seconds: until all work, of publishing, until every event has an outcome, of checking. */
  record Times(double start, double feed, double settle, double check) {}

  /**
   * An event that took effect.
   *
   * @param publishedAt when it was published, Kafka's timestamp
   * @param millis from then to the record of its version
   */
  record Arrival(Instant publishedAt, long millis) {}

  /** Milliseconds from an event's publication to the record of its version, ascending. */
  List<Long> latencies() {
    return arrivals().stream().map(Arrival::millis).sorted().toList();
  }

  /** Versions of a kind. */
  long versions(DeltaKind kind) {
    return versions.stream().filter(r -> r.value().getKind() == kind).count();
  }

  /** The events that took effect. */
  List<Arrival> arrivals() {
    Map<String, Long> written = new HashMap<>();
    versions.forEach(
        r -> r.value().getEventIds().forEach(id -> written.putIfAbsent(id, r.timestamp())));
    return log.outcomes().stream()
        .filter(o -> o.getCode() == OutcomeCode.APPLIED && written.containsKey(o.getEventId()))
        .filter(o -> o.getPublishedAt() != null)
        .map(o -> arrival(o, Objects.requireNonNull(written.get(o.getEventId()))))
        .toList();
  }

  private static Arrival arrival(FactOutcome outcome, long written) {
    Instant published = Objects.requireNonNull(outcome.getPublishedAt());
    return new Arrival(published, written - published.toEpochMilli());
  }
}
