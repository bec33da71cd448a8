package dev.emend.throughput;

import dev.emend.topic.Connection;
import java.util.Map;

/**
 * What to measure with.
 *
 * @param events records to publish, at least 10
 * @param warmUp records to publish before, at least 10
 * @param seed of their order
 * @param settings of the stream app and of Kafka's clients, beside those of the measurement
 */
public record StreamBenchOptions(int events, int warmUp, long seed, Map<String, String> settings) {
  /**
   * The worker takes any window at once, so the windows may be as large as a scheduler that has
   * learned this would make them.
   */
  private static final Map<String, String> FAST_WORKER =
      Map.of(
          "emend.window.max.facts", "5000",
          "emend.window.first.facts", "5000",
          "emend.window.max.bytes", "8MB",
          "emend.stream.metrics.port", "0");

  /** Copies the settings. */
  public StreamBenchOptions {
    settings = Map.copyOf(settings);
  }

  Connection settings(Connection connection) {
    Connection all = connection;
    for (Map.Entry<String, String> setting : FAST_WORKER.entrySet()) {
      all = all.with(setting.getKey(), setting.getValue());
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      all = all.with(setting.getKey(), setting.getValue());
    }
    return all;
  }
}
