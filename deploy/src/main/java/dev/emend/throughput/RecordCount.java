package dev.emend.throughput;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.progress.Progress;
import dev.emend.topic.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the committed records of a topic from its beginning. One thread. */
final class RecordCount implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Consumer<byte[], byte[]> consumer;
  private final Set<ByteBuffer> keys = new HashSet<>();
  private int records;

  RecordCount(Connection connection, String topic) {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Waits until there are so many records.
   *
   * @throws Fault TIMEOUT if there are fewer after that time
   */
  void await(int wanted, Duration patience, String what, Progress progress) {
    long end = System.nanoTime() + patience.toNanos();
    while (records < wanted) {
      if (System.nanoTime() > end) {
        throw new Fault(
            FaultCode.TIMEOUT,
            "only %d of %d records came within %s".formatted(records, wanted, patience));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records++;
        keys.add(ByteBuffer.wrap(record.key()));
      }
      progress.at(what, records, wanted);
    }
  }

  /** Keys that differ. */
  int keys() {
    return keys.size();
  }

  /** All records read. */
  int records() {
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
