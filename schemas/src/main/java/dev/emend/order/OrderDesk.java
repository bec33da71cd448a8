package dev.emend.order;

import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.WorkerOrder;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends orders to the worker of a model. An order is a window without items, in a topic of its own:
 * the worker, which alone writes the model's log, takes it in its turn, and commits what it does
 * together with the offset behind it: once, also if it is killed in between. Thread-safe.
 */
public final class OrderDesk {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Connection connection;
  private final Topics topics;
  private final InstantSource clock;

  /** Orders for the models of a set of topics. */
  public OrderDesk(Connection connection, Topics topics) {
    this.connection = connection;
    this.topics = topics;
    this.clock = InstantSource.system();
  }

  /**
   * Sends an order and waits for what becomes of it.
   *
   * @param id makes the order one and the same if it is sent again
   * @throws Fault TIMEOUT if the worker does not answer in time; it may still do it later
   */
  public OrderResult send(String model, String id, WorkerOrder order, Duration patience) {
    try (Consumer<String, EditFeedback> answers = answers(model);
        Producer<String, EditBatch> orders = orders()) {
      int partition = ModelPartition.of(model, orders.partitionsFor(topics.orders()).size());
      BrokerFaults.await(
          "take the order",
          orders.send(
              new ProducerRecord<>(topics.orders(), partition, model, batch(model, id, order))),
          patience);
      return await(answers, id, patience);
    } catch (KafkaException e) {
      throw BrokerFaults.of("pass on an order for " + model, e);
    }
  }

  private EditBatch batch(String model, String id, WorkerOrder order) {
    return EditBatch.newBuilder()
        .setBatchId(id)
        .setModel(model)
        .setSequence(0)
        .setItems(List.of())
        .setReason(CloseReason.ORDER)
        .setClosedAt(clock.instant())
        .setOrder(order)
        .build();
  }

  private OrderResult await(Consumer<String, EditFeedback> answers, String id, Duration patience) {
    Instant end = clock.instant().plus(patience);
    while (clock.instant().isBefore(end)) {
      for (ConsumerRecord<String, EditFeedback> record : answers.poll(POLL)) {
        if (id.equals(record.value().getBatchId())) {
          return OrderResult.of(record.value());
        }
      }
    }
    throw new Fault(
        FaultCode.TIMEOUT,
        "the worker did not answer within %d s; is it running? It may still carry out the order"
            .formatted(patience.toSeconds()));
  }

  private Producer<String, EditBatch> orders() {
    Map<String, Object> config = connection.toClientConfig();
    config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "emend-orders");
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    AvroSerializer<EditBatch> values = new AvroSerializer<>();
    values.configure(config, false);
    return new KafkaProducer<>(config, new StringSerializer(), values);
  }

  /** From now on. */
  private Consumer<String, EditFeedback> answers(String model) {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "emend-order-answers");
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    AvroDeserializer<EditFeedback> values = new AvroDeserializer<>(EditFeedback.class);
    values.configure(config, false);
    Consumer<String, EditFeedback> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), values);
    return atEnd(consumer, () -> partition(consumer, model));
  }

  private TopicPartition partition(Consumer<?, ?> consumer, String model) {
    int count = consumer.partitionsFor(topics.feedback()).size();
    if (count == 0) {
      throw new Fault(
          FaultCode.BROKER_UNAVAILABLE,
          "the broker has no topic " + topics.feedback() + "; is Emend running?");
    }
    return new TopicPartition(topics.feedback(), ModelPartition.of(model, count));
  }

  private static Consumer<String, EditFeedback> atEnd(
      Consumer<String, EditFeedback> consumer, Supplier<TopicPartition> partition) {
    try {
      TopicPartition home = partition.get();
      consumer.assign(List.of(home));
      consumer.seekToEnd(List.of(home));
      consumer.position(home); // decides now where that is
      return consumer;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }
}
