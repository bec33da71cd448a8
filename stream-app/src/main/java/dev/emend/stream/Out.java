package dev.emend.stream;

import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where a stage puts what it has to say. Records get the time of the decision and no headers: a
 * publisher's clock must not decide how long a topic keeps them, and a punctuator has no headers to
 * give.
 */
final class Out {
  private final ProcessorContext<String, Step> context;

  Out(ProcessorContext<String, Step> context) {
    this.context = context;
  }

  /** The wall clock, as Streams sees it. */
  Instant now() {
    return Instant.ofEpochMilli(context.currentSystemTimeMs());
  }

  void send(String key, Step step) {
    context.forward(new Record<>(key, step, context.currentSystemTimeMs()));
  }

  void repeat(Outcome duplicate) {
    send(duplicate.eventId(), new Step.Repeated(duplicate.at(now())));
  }

  void decide(Outcome outcome) {
    send(outcome.eventId(), new Step.Decided(outcome.at(now())));
  }
}
