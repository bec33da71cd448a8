package dev.emend.retain;

import dev.emend.topic.BrokerFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Cuts partitions at their front, up to the first record that somebody needs. Not thread-safe. */
final class LogFront {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<? extends Consumer<String, byte[]>> consumers;
  private final Admin admin;

  LogFront(Supplier<? extends Consumer<String, byte[]>> consumers, Admin admin) {
    this.consumers = consumers;
    this.admin = admin;
  }

  /**
   * Deletes what lies before the first needed record.
   *
   * @param dryRun whether only to count
   * @return how many records that are
   */
  long cut(
      TopicPartition partition, Predicate<ConsumerRecord<String, byte[]>> needed, boolean dryRun) {
    try (Consumer<String, byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long before = consumer.position(partition);
      Front front = read(consumer, partition, end, needed);
      if (!dryRun && front.offset() > before) {
        BrokerFaults.await(
            "delete records of " + partition,
            admin
                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(front.offset())))
                .all(),
            PATIENCE);
      }
      return front.records();
    } catch (KafkaException e) {
      throw BrokerFaults.of("read " + partition, e);
    }
  }

  private record Front(long offset, long records) {}

  private static Front read(
      Consumer<String, byte[]> consumer,
      TopicPartition partition,
      long end,
      Predicate<ConsumerRecord<String, byte[]>> needed) {
    long passed = 0;
    long front = consumer.position(partition);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= end || needed.test(record)) {
          return new Front(front, passed);
        }
        passed++;
        front = record.offset() + 1;
      }
    }
    return new Front(front, passed);
  }
}
