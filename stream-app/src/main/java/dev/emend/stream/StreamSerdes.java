package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.publish.FactHeaders;
import dev.emend.stream.state.CalendarEntry;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerde;
import dev.emend.wire.SchemaRegistryClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * How the stream reads and writes records. What it keeps for itself has the wire form too, under
 * subjects of its own: the registry then guards changes of our state as it guards the topics.
 * Thread-safe.
 */
final class StreamSerdes {
  private final SchemaRegistryClient registry;
  private final String factsTopic;
  private final String itemTopic;
  private final Serde<FactChange> facts;
  private final Serde<BatchItem> items;

  StreamSerdes(SchemaRegistryClient registry, Topics topics) {
    this.registry = registry;
    this.factsTopic = topics.facts();
    this.itemTopic = topics.batches() + "-item";
    this.facts = of(FactChange.class);
    this.items = of(BatchItem.class);
  }

  /** A serde for a topic or store of ours. */
  <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    return AvroSerde.of(type, registry);
  }

  Serde<EditBatch> batches() {
    return of(EditBatch.class);
  }

  Serde<EditFeedback> feedback() {
    return of(EditFeedback.class);
  }

  Serde<FactOutcome> outcomes() {
    return of(FactOutcome.class);
  }

  @Nullable FactChange readFact(Headers headers, byte @Nullable [] value) {
    return facts.deserializer().deserialize(factsTopic, headers, value);
  }

  FactChange readFactOrThrow(SourceRecord source) {
    return Objects.requireNonNull(readFact(source.headers(), source.value()), "held change");
  }

  ByteBuffer writeFact(FactChange change) {
    return ByteBuffer.wrap(facts.serializer().serialize(factsTopic, change));
  }

  BatchItem readItem(ByteBuffer item) {
    return items.deserializer().deserialize(itemTopic, bytes(item));
  }

  ByteBuffer writeItem(BatchItem item) {
    return ByteBuffer.wrap(items.serializer().serialize(itemTopic, item));
  }

  /** A held change as a record of the facts topic; its latency clock starts when it is released. */
  SourceRecord rebuilt(CalendarEntry entry, Instant released) {
    Headers headers = new RecordHeaders();
    if (entry.getTraceparent() != null) {
      headers.add(FactHeaders.TRACEPARENT, utf8(entry.getTraceparent()));
    }
    return new SourceRecord(
        utf8(entry.getFactKey()),
        bytes(entry.getChange()),
        headers,
        entry.getPartition(),
        entry.getOffset(),
        released);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
