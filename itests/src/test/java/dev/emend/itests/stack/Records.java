package dev.emend.itests.stack;

import dev.emend.topic.Connection;
import dev.emend.wire.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, as far as committed records go. */
public final class Records {
  private static final Duration POLL = Duration.ofMillis(500);

  private Records() {}

  /** The records of a topic at this moment. */
  public static <T extends SpecificRecord> List<ConsumerRecord<String, T>> of(
      FreshTopics fresh, String topic, Class<T> type) {
    return of(fresh.connection(), topic, type);
  }

  /** The records of a topic at this moment. */
  public static <T extends SpecificRecord> List<ConsumerRecord<String, T>> of(
      Connection connection, String topic, Class<T> type) {
    return read(connection, topic, new AvroDeserializer<>(type, connection.registry()));
  }

  /** The bytes of a topic at this moment. */
  public static List<ConsumerRecord<String, byte[]>> bytesOf(FreshTopics fresh, String topic) {
    return bytesOf(fresh.connection(), topic);
  }

  /** The bytes of a topic at this moment. */
  public static List<ConsumerRecord<String, byte[]>> bytesOf(Connection connection, String topic) {
    return read(connection, topic, new ByteArrayDeserializer());
  }

  private static <T> List<ConsumerRecord<String, T>> read(
      Connection connection, String topic, Deserializer<T> values) {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<ConsumerRecord<String, T>> records = new ArrayList<>();
    try (KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
