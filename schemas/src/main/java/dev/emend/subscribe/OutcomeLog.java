package dev.emend.subscribe;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what became of events. Thread-safe. */
public final class OutcomeLog {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Topics topics;
  private final TopicScan scan;
  private final LogRecords records;
  private final InstantSource clock;

  /** Reads this set of topics. */
  public OutcomeLog(Connection connection, Topics topics) {
    this(
        topics,
        new TopicScan(LogConsumers.of(connection), PATIENCE, InstantSource.system()),
        new LogRecords(connection),
        InstantSource.system());
  }

  OutcomeLog(Topics topics, TopicScan scan, LogRecords records, InstantSource clock) {
    this.topics = topics;
    this.scan = scan;
    this.records = records;
    this.clock = clock;
  }

  /** All outcomes that the log holds; those of one event in their order. */
  public List<FactOutcome> all() {
    List<FactOutcome> found = new ArrayList<>();
    scan.read(topics.outcomes(), record -> records.outcome(record).ifPresent(found::add));
    return List.copyOf(found);
  }

  /**
   * The outcomes of these events. An event without any is missing; one that was published twice has
   * one more for the duplicate.
   */
  public Map<String, List<FactOutcome>> of(Collection<String> eventIds) {
    Set<String> wanted = Set.copyOf(eventIds);
    Map<String, List<FactOutcome>> found = new LinkedHashMap<>();
    for (FactOutcome outcome : all()) {
      if (wanted.contains(outcome.getEventId())) {
        found.computeIfAbsent(outcome.getEventId(), id -> new ArrayList<>()).add(outcome);
      }
    }
    return found;
  }

  /**
   * Waits until each of these events has a final outcome or the time is over.
   *
   * @return the first final outcome by event; events that are still waiting are missing
   */
  public Map<String, FactOutcome> awaitFinal(Collection<String> eventIds, Duration timeout) {
    Set<String> open = new HashSet<>(eventIds);
    Map<String, FactOutcome> found = new LinkedHashMap<>();
    Instant deadline = clock.instant().plus(timeout);
    scan.readUntil(
        topics.outcomes(),
        record ->
            records
                .outcome(record)
                .filter(OutcomeLog::isFinal)
                .filter(outcome -> open.remove(outcome.getEventId()))
                .ifPresent(outcome -> found.put(outcome.getEventId(), outcome)),
        () -> open.isEmpty() || clock.instant().isAfter(deadline));
    return found;
  }

  private static boolean isFinal(FactOutcome outcome) {
    return outcome.getCode() != OutcomeCode.SCHEDULED;
  }
}
