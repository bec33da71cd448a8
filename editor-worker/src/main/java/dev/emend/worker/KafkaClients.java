package dev.emend.worker;

import dev.emend.topic.Connection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes the Kafka clients of a worker: what its guarantees rest on is set here and not settable.
 * Only tests derive from it.
 */
class KafkaClients {
  private static final int LARGEST_RECORD = 32 << 20;
  private static final int SESSION_TIMEOUT_MS = 15_000;
  private static final int FEW_RECORDS = 4;

  private final WorkerConfig config;
  private final Connection connection;

  KafkaClients(WorkerConfig config, Connection connection) {
    this.config = config;
    this.connection = connection;
  }

  /** A static member of the model's group: it gets its partitions back after a restart. */
  Consumer<String, byte[]> groupMember() {
    Map<String, Object> settings = reading("read_committed");
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.group() + "-" + config.member());
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    // Windows wait in the log rather than in this process.
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FEW_RECORDS);
    return consumer(settings);
  }

  /** A reader without a group that sees what is committed. */
  Consumer<String, byte[]> committedReader() {
    return consumer(reading("read_committed"));
  }

  /** A reader without a group that sees everything. */
  Consumer<String, byte[]> uncommittedReader() {
    return consumer(reading("read_uncommitted"));
  }

  /** A transactional writer; its id is the model's, so that there is one at a time. */
  Producer<String, byte[]> writer() {
    Map<String, Object> settings = connection.toClientConfig();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.transactionalId());
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Math.toIntExact(config.log().transactionTimeout().toMillis()));
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId());
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> reading(String isolation) {
    Map<String, Object> settings = connection.toClientConfig();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId());
    return settings;
  }

  private String clientId() {
    return config.group() + "-" + config.member();
  }

  private static Consumer<String, byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
