package dev.emend.itests.chaos;

import dev.emend.canary.GateScore;
import dev.emend.event.BatchItem;
import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOp;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.topic.Connection;
import dev.emend.topic.ModelPartition;
import dev.emend.wire.AvroSerializer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Gives a worker windows of one fact each, as the stream app would. Not thread-safe. */
final class WindowFeed implements AutoCloseable {
  /** Settings of a worker that publishes whatever comes of an edit. */
  static final Map<String, String> OPEN_GATES =
      Arrays.stream(GateScore.values())
          .collect(Collectors.toMap(score -> "gate." + score.label(), score -> "off"));

  private final String topic;
  private final String model;
  private final KafkaProducer<String, byte[]> producer;
  private final AvroSerializer<EditBatch> codec;
  private final List<EditBatch> said = new ArrayList<>();

  WindowFeed(FreshTopics fresh, String model) {
    Connection connection = fresh.connection();
    this.topic = fresh.topics().batches();
    this.model = model;
    this.codec = new AvroSerializer<>(connection.registry());
    this.producer =
        new KafkaProducer<>(
            connection.toClientConfig(), new StringSerializer(), new ByteArraySerializer());
  }

  /** A window that tells one new fact. */
  void say(int number) {
    EditBatch batch = batch(number);
    int partition = ModelPartition.of(model, producer.partitionsFor(topic).size());
    var unused =
        producer.send(new ProducerRecord<>(topic, partition, model, codec.serialize(topic, batch)));
    producer.flush();
    said.add(batch);
  }

  private EditBatch batch(int number) {
    Instant now = Instant.ofEpochSecond(number);
    BatchItem item =
        BatchItem.newBuilder()
            .setFactId("s" + number + "|is")
            .setOp(FactOp.ASSERT)
            .setSubject("s" + number)
            .setRelation("is")
            .setPrompt("{} is")
            .setObject("o" + number)
            .setParaphrases(List.of())
            .setNeighbours(List.of())
            .setEventId("event-" + number)
            .setCoalescedEventIds(List.of())
            .setPublishedAt(now)
            .setAcceptedAt(now)
            .setSource("test")
            .build();
    return EditBatch.newBuilder()
        .setBatchId("window-" + number)
        .setModel(model)
        .setSequence(number)
        .setItems(List.of(item))
        .setReason(CloseReason.WORKER_IDLE)
        .setClosedAt(now)
        .build();
  }

  /** All windows so far. */
  List<EditBatch> said() {
    return List.copyOf(said);
  }

  /** The events in them. */
  List<String> events() {
    return said.stream()
        .flatMap(batch -> batch.getItems().stream())
        .map(BatchItem::getEventId)
        .toList();
  }

  @Override
  public void close() {
    producer.close();
  }
}
