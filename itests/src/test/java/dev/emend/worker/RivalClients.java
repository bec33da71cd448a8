package dev.emend.worker;

import dev.emend.topic.Connection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The clients of a worker that is in a group of its own, as after a network was split: it believes
 * that the model is its alone, and only its transactional id, which is the model's, is as the
 * product has it.
 */
final class RivalClients extends KafkaClients {
  private final Connection connection;
  private final String group;

  RivalClients(WorkerConfig config, Connection connection) {
    super(config, connection);
    this.connection = connection;
    this.group = config.group() + "-" + config.member();
  }

  @Override
  Consumer<String, byte[]> groupMember() {
    Map<String, Object> settings = connection.toClientConfig();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
