package dev.emend.stream;

import dev.emend.event.EditBatch;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.RejectReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what {@link StreamMeter} lists. What a task does again after a crash is counted again.
 * Thread-safe.
 */
final class StreamMeters {
  private final MeterRegistry registry;
  private final Counter read;
  private final Timer acceptLatency;
  private final Timer queueLatency;
  private final Map<String, ModelGauges> models = new ConcurrentHashMap<>();

  /** To find a counter by its tags takes longer than to decide. */
  private final Map<Decided, Counter> decisions = new ConcurrentHashMap<>();

  StreamMeters(MeterRegistry registry) {
    this.registry = registry;
    this.read = counter(StreamMeter.READ);
    this.acceptLatency = timer(StreamMeter.ACCEPT_LATENCY);
    this.queueLatency = timer(StreamMeter.QUEUE_LATENCY);
  }

  void read() {
    read.increment();
  }

  void decided(FactOutcome outcome) {
    String reason = outcome.getReason() == null ? "" : outcome.getReason();
    decisions
        .computeIfAbsent(
            new Decided(outcome.getCode(), reason),
            decided ->
                counter(
                    StreamMeter.OUTCOMES, "code", decided.code().name(), "reason", decided.why()))
        .increment();
  }

  void buried(RejectReason reason) {
    counter(StreamMeter.DEAD_LETTERS, "reason", reason.name()).increment();
  }

  void skipped(String topic) {
    counter(StreamMeter.SKIPPED, "topic", topic).increment();
  }

  void failed(String reaction) {
    counter(StreamMeter.FAILURES, "reaction", reaction).increment();
  }

  /** A fact was accepted this long after it was published; clocks may differ, so not below zero. */
  void accepted(Duration latency) {
    acceptLatency.record(latency.isNegative() ? Duration.ZERO : latency);
  }

  /** A window was closed, with items that were accepted at these instants. */
  void closed(EditBatch batch, List<Instant> acceptedAt) {
    counter(StreamMeter.WINDOWS, "model", batch.getModel(), "reason", batch.getReason().name())
        .increment();
    DistributionSummary.builder(StreamMeter.WINDOW_SIZE.meterName())
        .description(StreamMeter.WINDOW_SIZE.meaning())
        .baseUnit(StreamMeter.WINDOW_SIZE.unit())
        .publishPercentiles(0.5, 0.99)
        .tag("model", batch.getModel())
        .register(registry)
        .record(acceptedAt.size());
    for (Instant accepted : acceptedAt) {
      queueLatency.record(Duration.between(accepted, batch.getClosedAt()));
    }
  }

  void backlog(String model, int facts, int windows) {
    models.computeIfAbsent(model, this::gauges).set(facts, windows);
  }

  /** The model is no longer ours. */
  void forget(String model) {
    ModelGauges gone = models.remove(model);
    if (gone != null) {
      gone.meters().forEach(registry::remove);
    }
  }

  private ModelGauges gauges(String model) {
    AtomicInteger facts = new AtomicInteger();
    AtomicInteger windows = new AtomicInteger();
    Gauge backlog = gauge(StreamMeter.BACKLOG, facts, model);
    Gauge outstanding = gauge(StreamMeter.OUTSTANDING, windows, model);
    return new ModelGauges(facts, windows, List.of(backlog, outstanding));
  }

  private Gauge gauge(StreamMeter meter, AtomicInteger value, String model) {
    return Gauge.builder(meter.meterName(), value, AtomicInteger::get)
        .description(meter.meaning())
        .baseUnit(meter.unit())
        .tag("model", model)
        .register(registry);
  }

  private Counter counter(StreamMeter meter, String... tags) {
    return Counter.builder(meter.meterName())
        .description(meter.meaning())
        .baseUnit(meter.unit())
        .tags(tags)
        .register(registry);
  }

  private Timer timer(StreamMeter meter) {
    return Timer.builder(meter.meterName())
        .description(meter.meaning())
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  private record Decided(OutcomeCode code, String why) {}

  private record ModelGauges(AtomicInteger facts, AtomicInteger windows, List<Gauge> meters) {
    void set(int waiting, int outstanding) {
      facts.set(waiting);
      windows.set(outstanding);
    }
  }
}
