package dev.emend.subscribe;

import dev.emend.topic.Connection;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers that read committed records and belong to no group: every reader reads everything. */
final class LogConsumers {
  private LogConsumers() {}

  static Supplier<Consumer<String, byte[]>> of(Connection connection) {
    Map<String, Object> config = connection.toClientConfig();
    config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "emend-subscriber");
    // One answer of the broker may hold a few chunks; more would only fill the heap.
    config.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "8388608");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return () -> new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
