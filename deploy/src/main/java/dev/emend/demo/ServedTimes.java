package dev.emend.demo;

import dev.emend.delta.ModelState;
import dev.emend.event.FactOutcome;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.VersionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When a subscriber served the version that holds an event. Thread-safe. */
final class ServedTimes implements VersionListener {
  private final InstantSource clock;
  private final Map<String, Instant> servedAt = new ConcurrentHashMap<>();

  ServedTimes(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    Instant now = clock.instant();
    version.events().forEach(event -> servedAt.putIfAbsent(event, now));
  }

  /** From publishing to serving, for the events that took effect. */
  Latencies latencies(List<FactOutcome> outcomes) {
    return Latencies.of(
        outcomes.stream()
            .filter(outcome -> outcome.getVersion() != null)
            .map(this::latency)
            .flatMap(Optional::stream)
            .toList());
  }

  private Optional<Duration> latency(FactOutcome outcome) {
    Instant served = servedAt.get(outcome.getEventId());
    return served == null || outcome.getPublishedAt() == null
        ? Optional.empty()
        : Optional.of(Duration.between(outcome.getPublishedAt(), served));
  }
}
