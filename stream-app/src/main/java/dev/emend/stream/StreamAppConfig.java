package dev.emend.stream;

import dev.emend.admission.Admission;
import dev.emend.publish.FactRules;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a {@link StreamApp} needs to know. What matters first: the connection, and an instance id of
 * its own for each instance. {@link #from} reads all of it from one map of settings.
 *
 * @param connection broker and registry, with any other settings of Kafka's clients
 * @param topics names of the topics
 * @param applicationId shared by all instances
 * @param instanceId different for each instance, the same after a restart
 * @param threads stream threads, at least 1
 * @param commitInterval time between commits
 * @param rules what a change must obey
 * @param admission who may say what
 * @param settle how what is said of a fact is judged
 * @param window how windows are closed
 * @param state where and how long the stream remembers
 * @param metricsPort Prometheus port on the loopback interface; 0 for any that is free
 */
public record StreamAppConfig(
    Connection connection,
    Topics topics,
    String applicationId,
    String instanceId,
    int threads,
    Duration commitInterval,
    FactRules rules,
    Admission admission,
    SettleSettings settle,
    WindowSettings window,
    StateSettings state,
    int metricsPort) {

  /**
   * The same as Kafka Streams has it; the memory of local stores is set by the app that has any.
   */
  public Properties streamsProperties() {
    Properties properties = StreamProperties.of(this);
    properties.remove(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG);
    return properties;
  }

  /**
   * Reads a configuration: defaults for what the connection does not set, see {@link
   * StreamSetting}.
   *
   * @throws dev.emend.fault.Fault with code {@code USAGE} for an unknown or unusable setting
   */
  public static StreamAppConfig from(Connection connection) {
    return new StreamAppConfigReader(connection).read();
  }
}
