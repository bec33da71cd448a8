package dev.emend.worker;

import dev.emend.memory.ProcessMemory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

/** Records {@link WorkerMeter}s in a Micrometer registry. Thread-safe. */
public final class WorkerMetrics {
  private static final double[] PERCENTILES = {0.5, 0.9, 0.99};

  private final MeterRegistry registry;
  private final Tags common;
  // Micrometer holds gauges weakly, so their values live here.
  private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

  /** Records for {@code model}; memory meters start at once. */
  public WorkerMetrics(MeterRegistry registry, String model, ProcessMemory memory) {
    this.registry = registry;
    this.common = Tags.of("model", model);
    memoryGauge(WorkerMeter.HEAP, memory, ProcessMemory::heap);
    memoryGauge(WorkerMeter.DIRECT, memory, ProcessMemory::direct);
    memoryGauge(WorkerMeter.NATIVE, memory, ProcessMemory::tracked);
    memoryGauge(WorkerMeter.RESIDENT, memory, ProcessMemory::resident);
  }

  private interface Reading {
    long of(ProcessMemory memory);
  }

  private void memoryGauge(WorkerMeter meter, ProcessMemory memory, Reading reading) {
    Gauge.builder(meter.meterName(), memory, reading::of)
        .tags(common)
        .baseUnit(meter.unit())
        .description(meter.meaning())
        .strongReference(true)
        .register(registry);
  }

  /** A duration of a timer; {@code tagValues} in the order of the meter's tags. */
  public void time(WorkerMeter meter, Duration duration, String... tagValues) {
    Timer.builder(meter.meterName())
        .tags(tags(meter, tagValues))
        .description(meter.meaning())
        .publishPercentiles(PERCENTILES)
        .register(registry)
        // Clocks of two machines may differ by more than a stage takes.
        .record(duration.isNegative() ? Duration.ZERO : duration);
  }

  /** A size of a summary. */
  public void size(WorkerMeter meter, double size, String... tagValues) {
    DistributionSummary.builder(meter.meterName())
        .tags(tags(meter, tagValues))
        .baseUnit(meter.unit())
        .description(meter.meaning())
        .publishPercentiles(PERCENTILES)
        .register(registry)
        .record(size);
  }

  /** Adds to a counter. */
  public void count(WorkerMeter meter, double amount, String... tagValues) {
    Counter.builder(meter.meterName())
        .tags(tags(meter, tagValues))
        .baseUnit(meter.unit())
        .description(meter.meaning())
        .register(registry)
        .increment(amount);
  }

  /** Sets a gauge. */
  public void set(WorkerMeter meter, double value, String... tagValues) {
    Tags tags = tags(meter, tagValues);
    gauges
        .computeIfAbsent(meter.name() + tags, key -> registerGauge(meter, tags, value))
        .set(value);
  }

  /** A gauge whose value is read whenever somebody looks; {@code reading} must be thread-safe. */
  public void watch(WorkerMeter meter, DoubleSupplier reading) {
    Gauge.builder(meter.meterName(), reading, DoubleSupplier::getAsDouble)
        .tags(tags(meter))
        .baseUnit(meter.unit())
        .description(meter.meaning())
        .strongReference(true)
        .register(registry);
  }

  private AtomicReference<Double> registerGauge(WorkerMeter meter, Tags tags, double value) {
    AtomicReference<Double> holder = new AtomicReference<>(value);
    Gauge.builder(meter.meterName(), holder, AtomicReference::get)
        .tags(tags)
        .baseUnit(meter.unit())
        .description(meter.meaning())
        .register(registry);
    return holder;
  }

  private Tags tags(WorkerMeter meter, String... values) {
    if (values.length != meter.tags().size()) {
      throw new IllegalArgumentException(meter + " has the tags " + meter.tags());
    }
    Tags tags = common;
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(meter.tags().get(i), values[i]);
    }
    return tags;
  }
}
