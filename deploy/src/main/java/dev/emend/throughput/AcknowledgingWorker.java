package dev.emend.throughput;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.PhaseSeconds;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A worker without a model: says of each window that it was applied. One thread of its own, named
 * {@code acknowledging-worker}; windows are read from the beginning of the topic. Thread-safe.
 */
public final class AcknowledgingWorker implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Topics topics;
  private final KafkaProducer<String, SpecificRecord> producer;
  private final Consumer<String, EditBatch> consumer;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final List<Future<RecordMetadata>> unanswered = new ArrayList<>();
  private long version;

  private AcknowledgingWorker(Connection connection, Topics topics) {
    this.topics = topics;
    Map<String, Object> sending = connection.toClientConfig();
    sending.put(ProducerConfig.ACKS_CONFIG, "all");
    sending.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer =
        new KafkaProducer<>(
            sending, new StringSerializer(), new AvroSerializer<>(connection.registry()));
    Map<String, Object> reading = connection.toClientConfig();
    reading.put(ConsumerConfig.GROUP_ID_CONFIG, topics.prefix() + "acknowledging-worker");
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer =
        new KafkaConsumer<>(
            reading,
            new StringDeserializer(),
            new AvroDeserializer<>(EditBatch.class, connection.registry()));
  }

  /** Starts one, which first announces that it is idle. */
  public static AcknowledgingWorker start(Connection connection, Topics topics, String model) {
    AcknowledgingWorker worker = new AcknowledgingWorker(connection, topics);
    worker.send(topics.feedback(), model, feedback(model).build());
    worker.flush();
    new Thread(worker::run, "acknowledging-worker").start();
    return worker;
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(topics.batches()));
      while (!stopped.get()) {
        for (ConsumerRecord<String, EditBatch> batch : consumer.poll(POLL)) {
          acknowledge(batch.value());
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private void acknowledge(EditBatch batch) {
    version++;
    Instant now = Instant.now();
    for (BatchItem item : batch.getItems()) {
      send(topics.outcomes(), item.getEventId(), outcome(batch, item, now));
    }
    flush();
    acknowledged.addAndGet(batch.getItems().size());
    EditFeedback.Builder feedback =
        feedback(batch.getModel())
            .setBatchId(batch.getBatchId())
            .setSequence(batch.getSequence())
            .setVersion(version)
            .setItems(batch.getItems().size());
    send(topics.feedback(), batch.getModel(), feedback.build());
    flush();
  }

  private FactOutcome outcome(EditBatch batch, BatchItem item, Instant now) {
    return FactOutcome.newBuilder()
        .setEventId(item.getEventId())
        .setModel(batch.getModel())
        .setFactId(item.getFactId())
        .setCode(item.getOp() == FactOp.RETRACT ? OutcomeCode.RETRACTED : OutcomeCode.APPLIED)
        .setVersion(version)
        .setPublishedAt(item.getPublishedAt())
        .setDecidedAt(now)
        .build();
  }

  private static EditFeedback.Builder feedback(String model) {
    return EditFeedback.newBuilder()
        .setModel(model)
        .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
        .setFinishedAt(Instant.now());
  }

  private void send(String topic, String key, SpecificRecord value) {
    unanswered.add(producer.send(new ProducerRecord<>(topic, key, value)));
  }

  /** Until the broker has all that was sent. */
  private void flush() {
    producer.flush();
    unanswered.forEach(sent -> BrokerFaults.await("take an acknowledgement", sent, PATIENCE));
    unanswered.clear();
  }

  /** Changes acknowledged so far. */
  public int acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    stopped.set(true);
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      producer.close();
    }
  }
}
