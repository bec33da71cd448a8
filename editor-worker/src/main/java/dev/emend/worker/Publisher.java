package dev.emend.worker;

import dev.emend.topic.BrokerFaults;
import dev.emend.topic.ModelPartition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a model's log. Opening it fences every earlier one and settles its open
 * transaction. After a failed transaction it must be closed and a new one opened: whether the
 * transaction was committed is then to be read from the log. Not thread-safe, but may be handed
 * from thread to thread.
 */
final class Publisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  private final Producer<String, byte[]> producer;
  private final RecordCodec codec;
  private final String model;

  private Publisher(Producer<String, byte[]> producer, RecordCodec codec, String model) {
    this.producer = producer;
    this.codec = codec;
    this.model = model;
  }

  /**
   * Becomes the model's writer.
   *
   * @throws dev.emend.fault.Fault if the broker does not let it
   */
  static Publisher open(
      Supplier<Producer<String, byte[]>> producers, RecordCodec codec, String model) {
    Producer<String, byte[]> producer = producers.get();
    try {
      producer.initTransactions();
      return new Publisher(producer, codec, model);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw BrokerFaults.of("open a transaction for " + model, e);
    }
  }

  /**
   * Commits records and consumed offsets together. Returning means committed.
   *
   * @throws dev.emend.fault.Fault if a record cannot be encoded; no transaction was begun
   * @throws KafkaException if the transaction failed or its end is unknown
   */
  void publish(
      List<Outgoing> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    publishEncoded(records.stream().map(this::encode).toList(), offsets, group);
  }

  /** As {@link #publish}, for records that are bytes already. */
  void publishEncoded(
      List<ProducerRecord<String, byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    producer.beginTransaction();
    try {
      for (ProducerRecord<String, byte[]> record : records) {
        // Committing waits for every send and throws what one of them threw.
        Future<RecordMetadata> unused = producer.send(record);
      }
      if (!offsets.isEmpty()) {
        producer.sendOffsetsToTransaction(offsets, group);
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      abort();
      throw e;
    }
  }

  private void abort() {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // A fenced producer cannot even abort; the broker settles its transaction.
      log.debug("the transaction of {} is left to the broker: {}", model, e.toString());
    }
  }

  /** The producer's form of a record. */
  ProducerRecord<String, byte[]> encode(Outgoing record) {
    byte @Nullable [] value =
        record.value() == null ? null : codec.encode(record.topic(), record.value());
    ProducerRecord<String, byte[]> encoded =
        new ProducerRecord<>(record.topic(), partition(record), record.key(), value);
    record
        .headers()
        .forEach(
            (name, text) -> encoded.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return encoded;
  }

  private @Nullable Integer partition(Outgoing record) {
    return record.placement() == Outgoing.Placement.BY_KEY
        ? null
        : ModelPartition.of(model, producer.partitionsFor(record.topic()).size());
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
