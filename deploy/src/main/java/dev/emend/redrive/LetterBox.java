package dev.emend.redrive;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead letters. */
final class LetterBox {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Connection connection;
  private final String topic;

  LetterBox(Connection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
  }

  /**
   * The letters that lie there now, in their order. Of a record that was sent back and refused
   * again only the last letter: the earlier ones were answered by it.
   */
  Collection<DeadLetter> letters() {
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new Fault(
            FaultCode.BROKER_UNAVAILABLE,
            "the broker has no topic " + topic + "; is Emend running?");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(record -> add(letters, new DeadLetter(record)));
      }
    } catch (KafkaException e) {
      throw BrokerFaults.of("deliver the dead letters", e);
    }
    return letters.values();
  }

  private static void add(Map<String, DeadLetter> letters, DeadLetter letter) {
    letters.remove(letter.origin());
    letters.put(letter.origin(), letter);
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "emend-redrive");
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
