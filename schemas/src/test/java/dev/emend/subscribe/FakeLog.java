package dev.emend.subscribe;

import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.topic.Connection;
import dev.emend.topic.HeadKey;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerializer;
import dev.emend.wire.FakeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Topics in memory, behind Kafka's mock consumers, with a registry of its own. Thread-safe. */
final class FakeLog implements AutoCloseable {
  static final int PARTITIONS = 3;
  static final Topics TOPICS = Topics.named("t.");

  final FakeRegistry registry = new FakeRegistry();
  private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry.client());
  private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
  private final Map<TopicPartition, Long> beginnings = new HashMap<>();
  private final List<FakeConsumer> consumers = new ArrayList<>();
  private boolean exists = true;

  FakeLog() {
    for (String topic : TOPICS.names()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        records.put(new TopicPartition(topic, partition), new ArrayList<>());
        beginnings.put(new TopicPartition(topic, partition), 0L);
      }
    }
  }

  LogRecords records() {
    Map<String, String> settings = new HashMap<>(registry.settings());
    settings.put("bootstrap.servers", "localhost:1");
    return new LogRecords(new Connection(settings));
  }

  synchronized void setExists(boolean value) {
    exists = value;
  }

  synchronized List<PartitionInfo> partitions(String topic) {
    Node[] nodes = {Node.noNode()};
    return IntStream.range(0, exists ? PARTITIONS : 0)
        .mapToObj(p -> new PartitionInfo(topic, p, nodes[0], nodes, nodes))
        .toList();
  }

  synchronized Consumer<String, byte[]> consumer() {
    FakeConsumer consumer = new FakeConsumer(this);
    consumer.updateBeginningOffsets(beginnings);
    Map<TopicPartition, Long> ends = new HashMap<>();
    records.forEach((p, list) -> ends.put(p, beginnings.getOrDefault(p, 0L) + list.size()));
    consumer.updateEndOffsets(ends);
    consumers.add(consumer);
    return consumer;
  }

  synchronized List<ConsumerRecord<String, byte[]>> records(TopicPartition partition) {
    return List.copyOf(records.getOrDefault(partition, List.of()));
  }

  /** A version with all its chunks, in the model's partition. */
  void append(ModelDelta delta, List<DeltaChunk> chunks) {
    int partition = ModelPartition.of(delta.getModel(), PARTITIONS);
    for (DeltaChunk chunk : chunks) {
      append(partition, chunk);
    }
    append(TOPICS.deltas(), partition, delta.getModel(), delta);
  }

  void append(int partition, DeltaChunk chunk) {
    String key = chunk.getChunkKey() + "#" + chunk.getIndex();
    append(TOPICS.deltaChunks(), partition, key, chunk);
  }

  void append(ModelHead head) {
    String key = new HeadKey(head.getModel(), head.getAlias()).text();
    append(TOPICS.heads(), ModelPartition.of(key, PARTITIONS), key, head);
  }

  private void append(String topic, int partition, String key, SpecificRecord value) {
    byte[] bytes = Objects.requireNonNull(serializer.serialize(topic, value));
    appendBytes(topic, partition, key, bytes);
  }

  synchronized void appendBytes(String topic, int partition, String key, byte[] value) {
    TopicPartition where = new TopicPartition(topic, partition);
    List<ConsumerRecord<String, byte[]>> list = Objects.requireNonNull(records.get(where));
    long offset = beginnings.getOrDefault(where, 0L) + list.size();
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(topic, partition, offset, key, value);
    list.add(record);
    consumers.forEach(consumer -> consumer.offer(record));
  }

  /** Partitions that the newest consumer has paused. */
  synchronized int paused() {
    return consumers.get(consumers.size() - 1).paused().size();
  }

  /** Polls of the newest consumer. */
  synchronized long polls() {
    return consumers.get(consumers.size() - 1).polls();
  }

  /** Retention takes everything that is there now. */
  synchronized void deleteAll() {
    records.replaceAll(
        (partition, list) -> {
          beginnings.merge(partition, (long) list.size(), Long::sum);
          return new ArrayList<>();
        });
  }

  @Override
  public void close() {
    registry.close();
  }
}
