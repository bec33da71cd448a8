package dev.emend.stream;

import dev.emend.topic.Topic;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The configuration of Kafka Streams. Settings of the connection come first; what exactness and
 * naming rest on cannot be changed by them.
 */
final class StreamProperties {
  /** Under load each batch costs a buffer, a wake-up and work of the broker, however small. */
  private static final int BATCH_BYTES = 128 * 1024;

  /**
   * What one answer of the broker holds of a partition is handed out before the next is asked for:
   * feedback waits behind it.
   */
  private static final int FETCH_BYTES = 256 * 1024;

  private StreamProperties() {}

  static Properties of(StreamAppConfig config) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, clientId(config));
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "0");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Long.toString(Topic.BATCHES.maxMessage().bytes()));
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Long.toString(Topic.BATCHES.maxMessage().bytes()));
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
        Integer.toString(BATCH_BYTES));
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        Integer.toString(FETCH_BYTES));
    properties.putAll(config.connection().settings());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, config.state().directory().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(config.threads()));
    properties.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(config.commitInterval().toMillis()));
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // A task must not wait for a partition that is shut: the feedback would stay unread that opens
    // it again.
    properties.put(
        StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
        Long.toString(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        clientId(config));
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.Setter.class.getName());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        SkipUnreadable.class.getName());
    return properties;
  }

  private static String clientId(StreamAppConfig config) {
    return config.applicationId() + "-" + config.instanceId();
  }
}
