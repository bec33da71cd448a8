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
    ConcurrentMap<Long, long[]> servedAt = new ConcurrentHashMap<>();
    List<ModelSubscriber> all = new ArrayList<>();
    long behind = writer.version();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < subscribers; i++) {
        all.add(subscriber(i, subscribers, servedAt));
      }
      for (int i = 0; i < subscribers; i++) {
        all.get(i).awaitVersion(behind, PATIENCE);
        progress.at("catch up", i + 1, subscribers);
      }
      double catchUp = seconds(System.nanoTime() - start);
      double[] latencies = follow(all, live, servedAt, progress);
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
      int index, int subscribers, ConcurrentMap<Long, long[]> servedAt) {
    return ModelSubscriber.of(FanoutWriter.MODEL, base)
        .listener(
            (version, newest) ->
                servedAt.computeIfAbsent(version.number(), v -> new long[subscribers])[index] =
                    System.nanoTime())
        .start(connection.with("client.id", clientId(index)));
  }

  private double[] follow(
      List<ModelSubscriber> all, int live, ConcurrentMap<Long, long[]> servedAt, Progress progress)
      throws InterruptedException {
    double[] latencies = new double[live * all.size()];
    for (int i = 0; i < live; i++) {
      long sent = System.nanoTime();
      long version = writer.next();
      for (int s = 0; s < all.size(); s++) {
        all.get(s).awaitVersion(version, PATIENCE);
        latencies[i * all.size() + s] = seconds(awaited(servedAt, version, s) - sent);
      }
      progress.at("follow", i + 1, live);
    }
    return latencies;
  }

  /** The listener is told right after the swap that the wait sees. */
  private static long awaited(ConcurrentMap<Long, long[]> servedAt, long version, int subscriber)
      throws InterruptedException {
    for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
      long[] times = servedAt.get(version);
      if (times != null && times[subscriber] != 0) {
        return times[subscriber];
      }
      Thread.sleep(1);
    }
    throw new Fault(FaultCode.TIMEOUT, "a listener was not told of version " + version);
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
