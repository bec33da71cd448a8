package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.ModelPartition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The orders that wait for this worker: a consumer outside the group, since the group could give a
 * model's windows and its orders to two members. How far it has come is committed under the group
 * with each transaction all the same. Belongs to the polling thread.
 */
final class OrderInbox implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Consumer<String, byte[]> consumer;
  private final String topic;
  private final String model;
  private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
  private @Nullable TopicPartition home;
  private long next;

  OrderInbox(Consumer<String, byte[]> consumer, String topic, String model) {
    this.consumer = consumer;
    this.topic = topic;
    this.model = model;
  }

  /**
   * Where the model's orders come from.
   *
   * @throws Fault if there is no such topic
   */
  TopicPartition home() {
    TopicPartition known = home;
    if (known == null) {
      int count = consumer.partitionsFor(topic).size();
      if (count == 0) {
        throw new Fault(
            FaultCode.BROKER_REFUSED,
            "the topic " + topic + " does not exist; create the topics with 'emend up'");
      }
      known = new TopicPartition(topic, ModelPartition.of(model, count));
      consumer.assign(List.of(known));
      home = known;
    }
    return known;
  }

  /** Goes on behind what is committed; from the beginning if nothing is. */
  void rewind(@Nullable OffsetAndMetadata committed) {
    waiting.clear();
    if (committed == null) {
      consumer.seekToBeginning(List.of(home()));
    } else {
      consumer.seek(home(), committed);
    }
    next = consumer.position(home());
  }

  /** Receives what has come, without waiting for it. */
  void receive() {
    if (waiting.isEmpty()) {
      consumer.poll(Duration.ZERO).forEach(waiting::add);
    }
  }

  /** The next order for the model; those for others are passed over. */
  Optional<ConsumerRecord<String, byte[]>> next() {
    while (!waiting.isEmpty() && !model.equals(waiting.element().key())) {
      next = waiting.remove().offset() + 1;
    }
    return Optional.ofNullable(waiting.peek());
  }

  /** Goes on after an order whose offset is committed. */
  void done(long offset) {
    waiting.removeIf(record -> record.offset() <= offset);
    next = offset + 1;
  }

  /** How far it has come; what is committed counts, should nothing be known of it for a while. */
  OffsetAndMetadata position() {
    return new OffsetAndMetadata(next);
  }

  /** Orders that are received and not done. */
  int size() {
    return waiting.size();
  }

  /** Drops what was received but not done. */
  void forget() {
    waiting.clear();
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_PATIENCE));
  }
}
