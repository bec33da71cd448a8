package dev.emend.itests.stack;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.PhaseSeconds;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A worker without a model: says of each window that it was applied. One thread of its own; windows
 * are read from the beginning of the topic.
 */
public final class AcknowledgingWorker implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final FreshTopics fresh;
  private final KafkaProducer<String, SpecificRecord> producer;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long version;

  /** Starts at once, and first announces that it is idle. */
  public AcknowledgingWorker(FreshTopics fresh, String model) {
    this.fresh = fresh;
    Map<String, Object> config = fresh.connection().toClientConfig();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    producer =
        new KafkaProducer<>(
            config, new StringSerializer(), new AvroSerializer<>(fresh.connection().registry()));
    send(fresh.topics().feedback(), model, feedback(model).build());
    new Thread(this::run, "acknowledging-worker").start();
  }

  private void run() {
    Map<String, Object> config = fresh.connection().toClientConfig();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, fresh.topics().prefix() + "acknowledging-worker");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<String, EditBatch> consumer =
        new KafkaConsumer<>(
            config,
            new StringDeserializer(),
            new AvroDeserializer<>(EditBatch.class, fresh.connection().registry()))) {
      consumer.subscribe(List.of(fresh.topics().batches()));
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
    for (BatchItem item : batch.getItems()) {
      send(fresh.topics().outcomes(), item.getEventId(), outcome(batch, item));
    }
    EditFeedback.Builder feedback =
        feedback(batch.getModel())
            .setBatchId(batch.getBatchId())
            .setSequence(batch.getSequence())
            .setVersion(version)
            .setItems(batch.getItems().size());
    send(fresh.topics().feedback(), batch.getModel(), feedback.build());
  }

  private FactOutcome outcome(EditBatch batch, BatchItem item) {
    return FactOutcome.newBuilder()
        .setEventId(item.getEventId())
        .setModel(batch.getModel())
        .setFactId(item.getFactId())
        .setCode(item.getOp() == FactOp.RETRACT ? OutcomeCode.RETRACTED : OutcomeCode.APPLIED)
        .setVersion(version)
        .setDecidedAt(Instant.now())
        .build();
  }

  private static EditFeedback.Builder feedback(String model) {
    return EditFeedback.newBuilder()
        .setModel(model)
        .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
        .setFinishedAt(Instant.now());
  }

  private void send(String topic, String key, SpecificRecord value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the test's worker cannot send", e);
    }
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
