package dev.emend.stream;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How much the local stores of an app remember. The numbers are estimates of RocksDB.
 *
 * @param diskBytes in files
 * @param memoryBytes in native memory, what is not yet in files included; 0 once closed
 * @param keys entries
 */
public record StateSize(long diskBytes, long memoryBytes, long keys) {
  private static final String FILES = "total-sst-files-size";
  private static final String KEYS = "estimate-num-keys";

  static StateSize of(Map<MetricName, ? extends Metric> metrics, RocksMemory memory) {
    return new StateSize(sum(metrics, FILES), memory.usedBytes(), sum(metrics, KEYS));
  }

  private static long sum(Map<MetricName, ? extends Metric> metrics, String name) {
    return metrics.values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .map(Metric::metricValue)
        .mapToLong(value -> value instanceof Number number ? number.longValue() : 0)
        .sum();
  }
}
