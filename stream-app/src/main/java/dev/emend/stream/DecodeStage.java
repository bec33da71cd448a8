package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.fault.RejectReason;
import dev.emend.publish.Rejection;
import dev.emend.topic.FactKey;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to changes. What is no change becomes a dead letter, and the next record is read; a
 * registry that is away is no fault of the record and stops the path until it answers.
 */
final class DecodeStage implements Stage<byte[], byte[]> {
  private final ProcessorContext<String, Step> context;
  private final Out out;
  private final StreamSerdes serdes;
  private final StreamMeters meters;

  DecodeStage(ProcessorContext<String, Step> context, StreamSerdes serdes, StreamMeters meters) {
    this.context = context;
    this.out = new Out(context);
    this.serdes = serdes;
    this.meters = meters;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    meters.read();
    SourceRecord source = source(record);
    try {
      decoded(read(source), source);
    } catch (Fault fault) {
      if (fault.code().kind() == FaultCode.Kind.RETRIABLE) {
        throw fault;
      }
      unreadable(source, String.valueOf(fault.getMessage()));
    }
  }

  private @Nullable FactChange read(SourceRecord source) {
    return serdes.readFact(source.headers(), source.value());
  }

  private void decoded(@Nullable FactChange change, SourceRecord source) {
    if (change == null) {
      unreadable(source, "the record has no value");
    } else {
      out.send(FactKey.of(change).text(), new Step.Stated(change, source));
    }
  }

  private void unreadable(SourceRecord source, String detail) {
    Rejection why = new Rejection(RejectReason.UNREADABLE, detail);
    out.send("", new Step.Dead(source, why));
    source
        .cloudEventId()
        .map(id -> new Outcome.Subject(id, "", "", source.publishedAt()))
        .ifPresent(event -> out.decide(event.rejected(why)));
  }

  private SourceRecord source(Record<byte[], byte[]> record) {
    int partition = context.recordMetadata().map(at -> at.partition()).orElse(-1);
    long offset = context.recordMetadata().map(at -> at.offset()).orElse(-1L);
    Instant publishedAt = Instant.ofEpochMilli(record.timestamp());
    return new SourceRecord(
        record.key(), record.value(), record.headers(), partition, offset, publishedAt);
  }
}
