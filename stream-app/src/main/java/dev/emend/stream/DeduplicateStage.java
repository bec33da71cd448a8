package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.publish.Rejection;
import dev.emend.stream.state.SeenEvent;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Lets each event id through once within the retention. An id whose record broke a rule may come
 * again with a corrected record; the same broken record again is a duplicate.
 *
 * <p>The store is written with the wall clock, not with the publisher's: one timestamp from the far
 * future would make it forget everything.
 */
final class DeduplicateStage implements Stage<String, Step> {
  private final Out out;
  private final WindowStore<String, SeenEvent> seen;
  private final Duration retention;

  DeduplicateStage(ProcessorContext<String, Step> context, Duration retention) {
    this.out = new Out(context);
    this.seen = context.getStateStore(StreamNames.SEEN_EVENTS);
    this.retention = retention;
  }

  @Override
  public void process(Record<String, Step> record) {
    Step step = record.value();
    if (step instanceof Step.Stated stated) {
      stated(record.key(), stated);
    } else if (step instanceof Step.Broken broken) {
      broken(broken);
    } else {
      out.send(record.key(), step);
    }
  }

  private void stated(String key, Step.Stated stated) {
    SeenEvent original = find(stated.change().getEventId());
    if (original == null || original.getRefused()) {
      remember(stated.change(), stated.source(), false);
      out.send(key, stated);
    } else {
      duplicate(stated.change(), stated.source(), original);
    }
  }

  private void broken(Step.Broken broken) {
    SeenEvent original = find(broken.change().getEventId());
    if (original == null) {
      remember(broken.change(), broken.source(), true);
      reject(broken.change(), broken.source(), broken.why());
    } else {
      duplicate(broken.change(), broken.source(), original);
    }
  }

  private void reject(FactChange change, SourceRecord source, Rejection why) {
    out.send("", new Step.Dead(source, why));
    out.decide(Outcome.Subject.of(change, source).rejected(why));
  }

  private void duplicate(FactChange change, SourceRecord source, SeenEvent original) {
    String detail =
        "partition %d offset %d repeats partition %d offset %d"
            .formatted(
                source.partition(), source.offset(), original.getPartition(), original.getOffset());
    out.decide(Outcome.Subject.of(change, source).duplicate(detail));
  }

  private void remember(FactChange change, SourceRecord source, boolean refused) {
    SeenEvent event = new SeenEvent(refused, source.partition(), source.offset());
    seen.put(change.getEventId(), event, out.now().toEpochMilli());
  }

  /** The newest memory of the id. */
  private @Nullable SeenEvent find(String eventId) {
    Instant now = out.now();
    try (WindowStoreIterator<SeenEvent> found =
        seen.backwardFetch(eventId, now.minus(retention), now)) {
      return found.hasNext() ? found.next().value : null;
    }
  }
}
