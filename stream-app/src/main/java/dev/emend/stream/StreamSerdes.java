package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.publish.FactHeaders;
import dev.emend.stream.state.HeldChange;
import dev.emend.topic.Topic;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerde;
import dev.emend.wire.SchemaRegistryClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
  /** A header that stands for the schema id in the bytes; we write the id. */
  private static final String GUID_HEADER = "__value_schema_id";

  private final SchemaRegistryClient registry;
  private final String factsTopic;
  private final String outcomesTopic;
  private final String itemTopic;
  private final String itemSubject;
  private final BatchSplice splice;
  private final Serde<FactChange> facts;
  private final Serde<BatchItem> items;
  private final Serde<FactOutcome> outcomes;
  private final OutcomeSkim outcomeSkim;

  StreamSerdes(SchemaRegistryClient registry, Topics topics) {
    this.registry = registry;
    this.factsTopic = topics.facts();
    this.itemTopic = topics.batches() + "-item";
    this.itemSubject = itemTopic + "-value";
    this.splice = new BatchSplice(batches().serializer(), topics.batches());
    this.outcomesTopic = topics.outcomes();
    this.outcomeSkim = new OutcomeSkim(registry, topics.subject(Topic.OUTCOMES));
    this.outcomes = of(FactOutcome.class);
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

  private FactChange readFactOrThrow(SourceRecord source) {
    return Objects.requireNonNull(readFact(source.headers(), source.value()), "held change");
  }

  FactChange readFact(ByteBuffer wire) {
    return Objects.requireNonNull(readFact(new RecordHeaders(), bytes(wire)), "held change");
  }

  ByteBuffer writeFact(FactChange change) {
    return ByteBuffer.wrap(facts.serializer().serialize(factsTopic, change));
  }

  BatchItem readItem(ByteBuffer item) {
    return items.deserializer().deserialize(itemTopic, bytes(item));
  }

  /** Reads of an outcome what all outcomes are read for. */
  OutcomeSkim.Found skimOutcome(byte[] outcome) {
    return outcomeSkim.isOurs(outcome)
        ? outcomeSkim.read(outcome)
        : OutcomeSkim.Found.of(readOutcome(outcome));
  }

  FactOutcome readOutcome(byte[] outcome) {
    return outcomes.deserializer().deserialize(outcomesTopic, outcome);
  }

  String outcomesTopic() {
    return outcomesTopic;
  }

  /** Whether an item has the schema that the items of a window have now. */
  boolean isCurrentItem(ByteBuffer item) {
    return item.getInt(item.position() + 1)
        == registry.register(itemSubject, BatchItem.getClassSchema());
  }

  /** A window in wire form, of a record without items and items in wire form. */
  byte[] window(EditBatch head, List<ByteBuffer> items) {
    return splice.join(head, items);
  }

  ByteBuffer writeItem(BatchItem item) {
    return ByteBuffer.wrap(items.serializer().serialize(itemTopic, item));
  }

  /** The change in wire form; as it came, if it came in the form that we write. */
  ByteBuffer wireForm(Step.Stated stated) {
    byte[] value = stated.source().value();
    return value == null || stated.source().headers().lastHeader(GUID_HEADER) != null
        ? writeFact(stated.change())
        : ByteBuffer.wrap(value);
  }

  /** What must be remembered of a change that is held. */
  HeldChange held(String factKey, Step.Stated stated) {
    SourceRecord source = stated.source();
    return new HeldChange(
        factKey,
        wireForm(stated),
        source.publishedAt(),
        source.partition(),
        source.offset(),
        source.traceparent());
  }

  /**
   * A held change again.
   *
   * @param published start of its latency clock
   */
  Step.Stated stated(HeldChange held, Instant published) {
    Headers headers = new RecordHeaders();
    if (held.getTraceparent() != null) {
      headers.add(FactHeaders.TRACEPARENT, utf8(held.getTraceparent()));
    }
    SourceRecord source =
        new SourceRecord(
            utf8(held.getFactKey()),
            bytes(held.getChange()),
            headers,
            held.getPartition(),
            held.getOffset(),
            published);
    return new Step.Stated(readFactOrThrow(source), source);
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
