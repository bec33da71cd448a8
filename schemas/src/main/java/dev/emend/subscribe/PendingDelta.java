package dev.emend.subscribe;

import dev.emend.delta.ChunkAssembler;
import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.size.ByteSize;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A delta that waits for its pieces. It never holds more bytes than it states. Not thread-safe. */
final class PendingDelta {
  private final ModelDelta delta;
  private final String place;
  private final long offset;
  private final Instant since;
  private final Set<String> wanted;
  private final ChunkAssembler payloads;

  PendingDelta(ModelDelta delta, String place, long offset, Instant since) {
    this.delta = delta;
    this.place = place;
    this.offset = offset;
    this.since = since;
    this.wanted =
        delta.getTensors().stream()
            .map(TensorDelta::getChunkKey)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    long stated = delta.getTensors().stream().mapToLong(TensorDelta::getLength).sum();
    this.payloads = new ChunkAssembler(new ByteSize(Math.max(0, stated)));
  }

  boolean isComplete() {
    return delta.getTensors().stream().allMatch(payloads::holds);
  }

  boolean wants(String recordKey) {
    int index = recordKey.lastIndexOf('#');
    return index > 0 && wanted.contains(recordKey.substring(0, index));
  }

  void add(DeltaChunk chunk) {
    if (wanted.contains(chunk.getChunkKey())) {
      add(payloads, chunk);
    }
  }

  private void add(ChunkAssembler target, DeltaChunk chunk) {
    try {
      target.add(chunk);
    } catch (Fault e) {
      throw new Fault(
          e.code(),
          "%s was refused: %s; %s"
              .formatted(describe(), e.getMessage(), SubscriberAdvice.of(e.code())),
          e);
    }
  }

  /** The delta with its payloads, once it is complete. */
  LoggedDelta complete(long nextChunk, long payloadBytes) {
    LogPosition after = new LogPosition(offset + 1, nextChunk, payloadBytes);
    return new LoggedDelta(delta, place, payloads, after);
  }

  long payloadBytes() {
    return LoggedDelta.payloadBytes(delta);
  }

  /** For messages. */
  String describe() {
    return "version " + delta.getVersion() + " at " + place;
  }

  Instant since() {
    return since;
  }
}
