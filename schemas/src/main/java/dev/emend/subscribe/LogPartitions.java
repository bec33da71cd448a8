package dev.emend.subscribe;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.HeadKey;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that one model's versions lie in.
 *
 * @param deltas of the deltas
 * @param chunks of their chunks
 * @param heads of the alias that is followed, with its key; empty if none is
 */
record LogPartitions(TopicPartition deltas, TopicPartition chunks, Optional<Heads> heads) {
  /**
   * Where an alias is.
   *
   * @param end where the partition ended when reading began: before it, a position may be an old
   *     one
   */
  record Heads(TopicPartition partition, String key, long end) {}

  /** What a record is to a reader of these partitions. */
  enum Kind {
    DELTA,
    CHUNK,
    HEAD,
    OTHER
  }

  /** Assigns the consumer to the partitions and begins at the position, or at the beginning. */
  static LogPartitions assign(
      Consumer<?, ?> consumer,
      Topics topics,
      String model,
      Optional<String> alias,
      Optional<LogPosition> from) {
    Optional<Heads> heads =
        alias.map(
            name -> {
              String key = new HeadKey(model, name).text();
              TopicPartition partition = partition(consumer, topics.heads(), key);
              long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
              return new Heads(partition, key, end);
            });
    LogPartitions found =
        new LogPartitions(
            partition(consumer, topics.deltas(), model),
            partition(consumer, topics.deltaChunks(), model),
            heads);
    List<TopicPartition> all = new ArrayList<>(found.versions());
    heads.ifPresent(h -> all.add(h.partition()));
    consumer.assign(all);
    consumer.seekToBeginning(all);
    from.ifPresent(
        position -> {
          consumer.seek(found.deltas, position.deltas());
          consumer.seek(found.chunks, position.chunks());
        });
    return found;
  }

  private static TopicPartition partition(Consumer<?, ?> consumer, String topic, String key) {
    int partitions = consumer.partitionsFor(topic).size();
    if (partitions == 0) {
      throw new Fault(
          FaultCode.BROKER_UNAVAILABLE,
          "the topic " + topic + " does not exist (yet); create the topics with 'emend up'");
    }
    return new TopicPartition(topic, ModelPartition.of(key, partitions));
  }

  /** Deltas and chunks. */
  List<TopicPartition> versions() {
    return List.of(deltas, chunks);
  }

  Kind kind(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(deltas.topic())) {
      return Kind.DELTA;
    }
    if (record.topic().equals(chunks.topic())) {
      return Kind.CHUNK;
    }
    boolean isHead = heads.filter(h -> h.key().equals(record.key())).isPresent();
    return isHead ? Kind.HEAD : Kind.OTHER;
  }

  /** Whether the newest position of the alias has been read. */
  boolean knowsHead(Consumer<?, ?> consumer) {
    return heads.filter(h -> consumer.position(h.partition()) >= h.end()).isPresent();
  }

  /** Whether the broker is known to hold deltas that were not read. */
  boolean hasMoreDeltas(Consumer<?, ?> consumer) {
    return consumer.currentLag(deltas).orElse(0) > 0;
  }
}
