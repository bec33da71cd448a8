package dev.emend.subscribe;

import dev.emend.delta.PayloadSource;
import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one model's deltas in order, each with its chunks, and the positions of an alias beside
 * them. Deltas and chunks lie in the model's partition of their topic and in the order of the
 * versions, so only one of the two is read on at a time: the deltas until one lacks pieces, the
 * chunks until it lacks none. Memory therefore holds at most one batch of versions and one answer
 * of the broker. Not thread-safe.
 */
final class DeltaLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** How long a batch waits for versions that the broker has but that are on their way. */
  private static final Duration LINGER = Duration.ofMillis(10);

  private static final int BATCH_VERSIONS = 256;
  private static final long BATCH_BYTES = 64L << 20;

  private final Consumer<String, byte[]> consumer;
  private final LogRecords records;
  private final LogPartitions partitions;
  private final String model;
  private final InstantSource clock;
  private final Deque<ConsumerRecord<String, byte[]>> deltas = new ArrayDeque<>();
  private final Deque<ConsumerRecord<String, byte[]>> chunks = new ArrayDeque<>();
  private @Nullable PendingDelta pending;
  private @Nullable ModelHead head;
  private @Nullable Fault failure;
  private boolean blocked;
  private long blockedVersion;
  private long payloadBytes;

  /**
   * Takes over the consumer and begins at the position, or at the beginning.
   *
   * @param alias whose positions are read too; empty for none
   */
  static DeltaLog open(
      Consumer<String, byte[]> consumer,
      LogRecords records,
      Topics topics,
      String model,
      Optional<String> alias,
      Optional<LogPosition> from,
      InstantSource clock) {
    try {
      LogPartitions partitions = LogPartitions.assign(consumer, topics, model, alias, from);
      long known = from.map(LogPosition::payloadBytes).orElse(0L);
      return new DeltaLog(consumer, records, partitions, model, known, clock);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private DeltaLog(
      Consumer<String, byte[]> consumer,
      LogRecords records,
      LogPartitions partitions,
      String model,
      long payloadBytes,
      InstantSource clock) {
    this.consumer = consumer;
    this.records = records;
    this.partitions = partitions;
    this.model = model;
    this.payloadBytes = payloadBytes;
    this.clock = clock;
  }

  /** Where the alias points; empty if it points nowhere, or if that is not known yet. */
  Optional<ModelHead> head() {
    return Optional.ofNullable(head).filter(found -> partitions.knowsHead(consumer));
  }

  /**
   * The next deltas, as many as are at hand and as a batch may hold; none if none is complete after
   * about {@code wait}.
   *
   * @param known versions up to this one come without payloads
   * @param limit the last version that is wanted now
   */
  List<LoggedDelta> next(Duration wait, long known, long limit) {
    Fault before = failure;
    if (before != null) {
      throw before;
    }
    List<LoggedDelta> batch = new ArrayList<>();
    long bytes = 0;
    Optional<LoggedDelta> found = one(wait, known, limit);
    while (found.isPresent()) {
      batch.add(found.get());
      bytes += found.get().payloadBytes();
      boolean isFull = batch.size() == BATCH_VERSIONS || bytes >= BATCH_BYTES;
      found = isFull ? Optional.empty() : another(known, limit);
    }
    return batch;
  }

  /** What is wrong with a later delta must not keep those before it from being served. */
  private Optional<LoggedDelta> another(long known, long limit) {
    try {
      return one(isBehind() ? LINGER : Duration.ZERO, known, limit);
    } catch (Fault e) {
      failure = e;
      return Optional.empty();
    }
  }

  private boolean isBehind() {
    return !blocked && (!deltas.isEmpty() || partitions.hasMoreDeltas(consumer));
  }

  private Optional<LoggedDelta> one(Duration wait, long known, long limit) {
    return ready(known, limit)
        .or(
            () -> {
              fetch(wait);
              return ready(known, limit);
            });
  }

  /** The version that waits behind the limit of the last call; 0 if none does. */
  long blocked() {
    return blocked ? blockedVersion : 0;
  }

  /** Stays in touch with the broker for about {@code wait} and reads no version. */
  void idle(Duration wait) {
    consumer.pause(partitions.versions());
    keep(consumer.poll(wait));
  }

  private Optional<LoggedDelta> ready(long known, long limit) {
    blocked = false;
    while (pending == null && !deltas.isEmpty() && !blocked) {
      ConsumerRecord<String, byte[]> record = deltas.element();
      Optional<ModelDelta> found = ours(record);
      blocked = found.isPresent() && found.get().getVersion() > limit;
      blockedVersion = blocked ? found.orElseThrow().getVersion() : 0;
      if (!blocked) {
        deltas.remove();
        if (found.isPresent() && found.get().getVersion() <= known) {
          return Optional.of(passed(found.get(), record));
        }
        pending = found.map(delta -> pending(delta, record)).orElse(null);
      }
    }
    PendingDelta waiting = pending;
    return waiting == null ? Optional.empty() : completed(waiting);
  }

  private LoggedDelta passed(ModelDelta delta, ConsumerRecord<String, byte[]> record) {
    payloadBytes += LoggedDelta.payloadBytes(delta);
    LogPosition after = new LogPosition(record.offset() + 1, nextChunk(), payloadBytes);
    return new LoggedDelta(delta, LogRecords.place(record), PayloadSource.INLINE, after);
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
    payloadBytes += waiting.payloadBytes();
    return Optional.of(waiting.complete(nextChunk(), payloadBytes));
  }

  private void requirePatience(PendingDelta waiting) {
    if (clock.instant().isAfter(waiting.since().plus(PATIENCE))) {
      throw new Fault(
          FaultCode.DELTA_CORRUPT,
          "pieces of %s are missing from %s; start from a snapshot of a later version"
              .formatted(waiting.describe(), partitions.chunks()));
    }
  }

  private long nextChunk() {
    ConsumerRecord<String, byte[]> first = chunks.peek();
    return first == null ? consumer.position(partitions.chunks()) : first.offset();
  }

  private void fetch(Duration wait) {
    consumer.pause(partitions.versions());
    if (pending != null) {
      consumer.resume(List.of(partitions.chunks()));
    } else if (!blocked) {
      consumer.resume(List.of(partitions.deltas()));
    }
    keep(consumer.poll(wait));
  }

  private void keep(Iterable<ConsumerRecord<String, byte[]>> read) {
    for (ConsumerRecord<String, byte[]> record : read) {
      switch (partitions.kind(record)) {
        case DELTA -> deltas.add(record);
        case CHUNK -> chunks.add(record);
        case HEAD -> head = records.head(record).orElse(head);
        case OTHER -> {}
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
