package dev.emend.stream;

import dev.emend.publish.Rejection;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes a dead letter: key, value and headers as they came, and beside them why it was refused and
 * where it came from, see {@link DeadLetterHeaders}.
 */
final class BuryStage implements Stage<String, Step> {
  private final ProcessorContext<byte[], byte[]> context;
  private final String factsTopic;
  private final StreamMeters meters;

  BuryStage(ProcessorContext<byte[], byte[]> context, String factsTopic, StreamMeters meters) {
    this.context = context;
    this.factsTopic = factsTopic;
    this.meters = meters;
  }

  @Override
  public void process(Record<String, Step> record) {
    if (record.value() instanceof Step.Dead dead) {
      meters.buried(dead.why().reason());
      long now = context.currentSystemTimeMs();
      SourceRecord source = dead.source();
      context.forward(new Record<>(source.key(), source.value(), now, headers(dead)));
    }
  }

  private Headers headers(Step.Dead dead) {
    SourceRecord source = dead.source();
    Rejection why = dead.why();
    Headers headers = new RecordHeaders(source.headers().toArray());
    put(headers, DeadLetterHeaders.REASON, why.reason().name());
    put(headers, DeadLetterHeaders.DETAIL, why.detail());
    put(headers, DeadLetterHeaders.TOPIC, factsTopic);
    put(headers, DeadLetterHeaders.PARTITION, Integer.toString(source.partition()));
    put(headers, DeadLetterHeaders.OFFSET, Long.toString(source.offset()));
    put(headers, DeadLetterHeaders.PUBLISHED_AT, source.publishedAt().toString());
    return headers;
  }

  /** Replaces what an earlier burial said: a letter may be sent back and die again. */
  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
