package dev.emend.subscribe;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic from its beginning, in order within each partition. Thread-safe: each scan has a
 * consumer of its own.
 */
final class TopicScan {
  /** Receives what is read. */
  @FunctionalInterface
  interface RecordSink {
    void accept(ConsumerRecord<String, byte[]> record);
  }

  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<? extends Consumer<String, byte[]>> consumers;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * Reads with consumers of committed records.
   *
   * @param patience longest time without progress before the broker counts as unavailable
   */
  TopicScan(
      Supplier<? extends Consumer<String, byte[]>> consumers,
      Duration patience,
      InstantSource clock) {
    this.consumers = consumers;
    this.patience = patience;
    this.clock = clock;
  }

  /** Reads up to the end that the topic had when the scan began. */
  void read(String topic, RecordSink sink) {
    try (Consumer<String, byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions = assign(consumer, topic);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Instant progress = clock.instant();
      while (!isAtEnd(consumer, ends)) {
        if (pollInto(consumer, sink)) {
          progress = clock.instant();
        } else if (clock.instant().isAfter(progress.plus(patience))) {
          throw new Fault(
              FaultCode.BROKER_UNAVAILABLE, "nothing came from " + topic + " for " + patience);
        }
      }
    } catch (KafkaException e) {
      throw BrokerFaults.of("read " + topic, e);
    }
  }

  private static List<TopicPartition> assign(Consumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new Fault(
          FaultCode.BROKER_UNAVAILABLE,
          "the topic " + topic + " does not exist (yet); create the topics with 'emend up'");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  private static boolean isAtEnd(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static boolean pollInto(Consumer<String, byte[]> consumer, RecordSink sink) {
    boolean any = false;
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      sink.accept(record);
      any = true;
    }
    return any;
  }
}
