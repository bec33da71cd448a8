package dev.emend.bench;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.progress.Progress;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.topic.Connection;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many copies of a model can follow it from one machine: what they fetch, how long they take
 * from far behind, and how long a version takes from being sent to being served by each. All copies
 * are subscribers of this JVM, each with a consumer, weights and two threads of its own.
 */
public final class FanoutBench {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Connection connection;
  private final Path base;
  private final FanoutWriter writer;

  /**
   * Measures on a broker whose topics are there.
   *
   * @param base the model that {@code writer} makes versions of
   */
  public FanoutBench(Connection connection, Path base, FanoutWriter writer) {
    this.connection = connection;
    this.base = base;
    this.writer = writer;
  }

  /**
   * One measurement.
   *
   * @param subscribers how many follow, all from the base model
   * @param live versions that are sent, one after another, once all have caught up
   */
  public FanoutRate measure(int subscribers, int live, Progress progress)
      throws InterruptedException {
    ConcurrentMap<Long, Arrivals> arrivals = new ConcurrentHashMap<>();
    List<ModelSubscriber> all = new ArrayList<>();
    long behind = writer.version();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < subscribers; i++) {
        all.add(subscriber(i, subscribers, arrivals));
      }
      for (int i = 0; i < subscribers; i++) {
        all.get(i).awaitVersion(behind, PATIENCE);
        progress.at("catch up", i + 1, subscribers);
      }
      double catchUp = seconds(System.nanoTime() - start);
      double[] latencies = follow(subscribers, live, arrivals, progress);
      return new FanoutRate(
          subscribers,
          behind,
          wireBytes(subscribers),
          catchUp,
          quantile(latencies, 0.5),
          quantile(latencies, 0.99));
    } finally {
      all.forEach(ModelSubscriber::close);
    }
  }

  private ModelSubscriber subscriber(
      int index, int subscribers, ConcurrentMap<Long, Arrivals> arrivals) {
    return ModelSubscriber.of(FanoutWriter.MODEL, base)
        .listener(
            (version, newest) ->
                arrivals
                    .computeIfAbsent(version.number(), v -> new Arrivals(subscribers))
                    .arrived(index))
        .start(connection.with("client.id", clientId(index)));
  }

  private double[] follow(
      int subscribers, int live, ConcurrentMap<Long, Arrivals> arrivals, Progress progress)
      throws InterruptedException {
    double[] latencies = new double[live * subscribers];
    for (int i = 0; i < live; i++) {
      long sent = System.nanoTime();
      long version = writer.next();
      double[] seconds =
          arrivals
              .computeIfAbsent(version, v -> new Arrivals(subscribers))
              .secondsSince(sent, PATIENCE);
      System.arraycopy(seconds, 0, latencies, i * subscribers, subscribers);
      arrivals.remove(version);
      progress.at("follow", i + 1, live);
    }
    return latencies;
  }

  private static String clientId(int index) {
    return "emend-fanout-" + index;
  }

  /** As the consumers count what comes from the broker, with the protocol around it. */
  private static long wireBytes(int subscribers) {
    double bytes = 0;
    try {
      for (int i = 0; i < subscribers; i++) {
        ObjectName name =
            new ObjectName("kafka.consumer:type=consumer-metrics,client-id=" + clientId(i));
        bytes +=
            (Double)
                ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(name, "incoming-byte-total");
      }
    } catch (JMException e) {
      throw new Fault(FaultCode.INTERNAL, "the consumers do not count their bytes: " + e, e);
    }
    return (long) bytes;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
