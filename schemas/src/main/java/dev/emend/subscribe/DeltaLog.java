package dev.emend.subscribe;

import dev.emend.delta.PayloadSource;
import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads one model's deltas in order, each with its chunks. Both lie in the model's partition of
 * their topic and in the order of the versions, so only one of the two is read on at a time: the
 * deltas until one lacks pieces, the chunks until it lacks none. Memory therefore holds at most one
 * version's payload and one answer of the broker. Not thread-safe.
 */
final class DeltaLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Consumer<String, byte[]> consumer;
  private final LogRecords records;
  private final String model;
  private final InstantSource clock;
  private final TopicPartition deltaPartition;
  private final TopicPartition chunkPartition;
  private final Deque<ConsumerRecord<String, byte[]>> deltas = new ArrayDeque<>();
  private final Deque<ConsumerRecord<String, byte[]>> chunks = new ArrayDeque<>();
  private @Nullable PendingDelta pending;

  /** Takes over the consumer and begins at the position, or at the beginning. */
  static DeltaLog open(
      Consumer<String, byte[]> consumer,
      LogRecords records,
      Topics topics,
      String model,
      Optional<LogPosition> from,
      InstantSource clock) {
    try {
      return new DeltaLog(consumer, records, topics, model, from, clock);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private DeltaLog(
      Consumer<String, byte[]> consumer,
      LogRecords records,
      Topics topics,
      String model,
      Optional<LogPosition> from,
      InstantSource clock) {
    this.consumer = consumer;
    this.records = records;
    this.model = model;
    this.clock = clock;
    this.deltaPartition = partition(topics.deltas());
    this.chunkPartition = partition(topics.deltaChunks());
    consumer.assign(List.of(deltaPartition, chunkPartition));
    from.ifPresentOrElse(this::seek, () -> consumer.seekToBeginning(consumer.assignment()));
  }

  private TopicPartition partition(String topic) {
    int partitions = consumer.partitionsFor(topic).size();
    if (partitions == 0) {
      throw new Fault(
          FaultCode.BROKER_UNAVAILABLE,
          "the topic " + topic + " does not exist (yet); create the topics with 'emend up'");
    }
    return new TopicPartition(topic, ModelPartition.of(model, partitions));
  }

  private void seek(LogPosition position) {
    consumer.seek(deltaPartition, position.deltas());
    consumer.seek(chunkPartition, position.chunks());
  }

  /**
   * The next delta; empty if none is complete after about {@code wait}.
   *
   * @param known versions up to this one come without payloads
   */
  Optional<LoggedDelta> next(Duration wait, long known) {
    return ready(known)
        .or(
            () -> {
              fetch(wait);
              return ready(known);
            });
  }

  /** Stays in touch with the broker for about {@code wait} and reads nothing. */
  void idle(Duration wait) {
    consumer.pause(consumer.assignment());
    keep(consumer.poll(wait));
  }

  private Optional<LoggedDelta> ready(long known) {
    PendingDelta waiting = pending;
    while (waiting == null && !deltas.isEmpty()) {
      ConsumerRecord<String, byte[]> record = deltas.remove();
      Optional<ModelDelta> found = ours(record);
      if (found.isPresent() && found.get().getVersion() <= known) {
        LogPosition after = new LogPosition(record.offset() + 1, nextChunk());
        return Optional.of(
            new LoggedDelta(found.get(), LogRecords.place(record), PayloadSource.INLINE, after));
      }
      waiting = found.map(delta -> pending(delta, record)).orElse(null);
    }
    pending = waiting;
    return waiting == null ? Optional.empty() : completed(waiting);
  }

  private PendingDelta pending(ModelDelta delta, ConsumerRecord<String, byte[]> record) {
    return new PendingDelta(delta, LogRecords.place(record), record.offset(), clock.instant());
  }

  private Optional<ModelDelta> ours(ConsumerRecord<String, byte[]> record) {
    return model.equals(record.key()) ? records.delta(record) : Optional.empty();
  }

  private Optional<LoggedDelta> completed(PendingDelta waiting) {
    while (!waiting.isComplete() && !chunks.isEmpty()) {
      ConsumerRecord<String, byte[]> record = chunks.remove();
      if (record.key() != null && waiting.wants(record.key())) {
        Optional<DeltaChunk> chunk = records.chunk(record);
        chunk.ifPresent(waiting::add);
      }
    }
    if (!waiting.isComplete()) {
      requirePatience(waiting);
      return Optional.empty();
    }
    pending = null;
    return Optional.of(waiting.complete(nextChunk()));
  }

  private void requirePatience(PendingDelta waiting) {
    if (clock.instant().isAfter(waiting.since().plus(PATIENCE))) {
      throw new Fault(
          FaultCode.DELTA_CORRUPT,
          "pieces of %s are missing from %s; start from a snapshot of a later version"
              .formatted(waiting.describe(), chunkPartition));
    }
  }

  private long nextChunk() {
    ConsumerRecord<String, byte[]> first = chunks.peek();
    return first == null ? consumer.position(chunkPartition) : first.offset();
  }

  private void fetch(Duration wait) {
    boolean needsChunks = pending != null;
    consumer.pause(List.of(needsChunks ? deltaPartition : chunkPartition));
    consumer.resume(List.of(needsChunks ? chunkPartition : deltaPartition));
    keep(consumer.poll(wait));
  }

  private void keep(Iterable<ConsumerRecord<String, byte[]>> read) {
    for (ConsumerRecord<String, byte[]> record : read) {
      boolean isDelta = record.topic().equals(deltaPartition.topic());
      (isDelta ? deltas : chunks).add(record);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
