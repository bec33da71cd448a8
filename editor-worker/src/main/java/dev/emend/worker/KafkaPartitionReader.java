package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.ModelPartition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads with a consumer of its own, which sees committed records only. The end is the high
 * watermark, not the last stable offset: another model's open transaction may hold the latter back
 * behind records of ours that are committed, so the reader waits for it to end.
 */
final class KafkaPartitionReader implements PartitionReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<String, byte[]> consumer;
  private final TopicPartition partition;
  private final long end;
  private final Duration patience;
  private final InstantSource clock;
  private final Deque<ConsumerRecord<String, byte[]>> fetched = new ArrayDeque<>();

  private KafkaPartitionReader(
      Consumer<String, byte[]> consumer,
      TopicPartition partition,
      long end,
      Duration patience,
      InstantSource clock) {
    this.consumer = consumer;
    this.partition = partition;
    this.end = end;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * A source of readers.
   *
   * @param committed makes consumers that read committed records
   * @param uncommitted makes consumers that read all, to learn the end
   * @param patience longest wait for the next record before the broker counts as unavailable
   */
  static Source source(
      Supplier<Consumer<String, byte[]>> committed,
      Supplier<Consumer<String, byte[]>> uncommitted,
      Duration patience,
      InstantSource clock) {
    return (topic, model) -> {
      TopicPartition partition;
      long end;
      try (Consumer<String, byte[]> consumer = uncommitted.get()) {
        int partitions = consumer.partitionsFor(topic).size();
        partition = new TopicPartition(topic, ModelPartition.of(model, partitions));
        consumer.assign(List.of(partition));
        end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      } catch (KafkaException e) {
        throw BrokerFaults.of("read " + topic, e);
      }
      Consumer<String, byte[]> consumer = committed.get();
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return new KafkaPartitionReader(consumer, partition, end, patience, clock);
    };
  }

  @Override
  public Optional<LogRecord> next() {
    Instant deadline = clock.instant().plus(patience);
    try {
      while (fetched.isEmpty() && consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(fetched::add);
        if (fetched.isEmpty() && clock.instant().isAfter(deadline)) {
          throw new Fault(
              FaultCode.TIMEOUT, "no record came from " + partition + " within " + patience);
        }
      }
    } catch (KafkaException e) {
      throw BrokerFaults.of("read " + partition, e);
    }
    return Optional.ofNullable(fetched.poll()).map(KafkaPartitionReader::toRecord);
  }

  static LogRecord toRecord(ConsumerRecord<String, byte[]> read) {
    return new LogRecord(
        read.topic(), read.partition(), read.offset(), read.key(), read.value(), read.headers());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
