package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.publish.Rejection;
import dev.emend.stream.state.FactHistory;
import dev.emend.stream.state.SeenEvent;
import dev.emend.stream.state.Statement;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets each event id through once within the retention. An id whose record broke a rule may come
 * again with a corrected record; the same broken record again is a duplicate. An event that the
 * worker refused may come again as a dead letter that was sent back.
 *
 * <p>The store is written with the wall clock, not with the publisher's: one timestamp from the far
 * future would make it forget everything.
 */
final class DeduplicateStage implements Stage<String, Step> {
  private final Out out;
  private final Recollection<SeenEvent> seen;
  private final KeyValueStore<String, FactHistory> histories;

  DeduplicateStage(ProcessorContext<String, Step> context, Duration retention) {
    this.out = new Out(context);
    this.seen = new Recollection<>(context.getStateStore(StreamNames.SEEN_EVENTS), retention);
    this.histories = context.getStateStore(StreamNames.FACT_HISTORY);
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
    if (original == null || original.getRefused() || isRedrivenRefusal(key, stated)) {
      remember(stated.change(), stated.source(), false);
      out.send(key, stated);
    } else {
      duplicate(stated.change(), stated.source(), original);
    }
  }

  /** The worker refused it, and somebody who has mended what was wrong asks for it once more. */
  private boolean isRedrivenRefusal(String key, Step.Stated stated) {
    return stated.source().isRedriven()
        && History.of(histories.get(key))
            .find(stated.change().getEventId())
            .filter(Statement::getRefused)
            .isPresent();
  }

  private void broken(Step.Broken broken) {
    SeenEvent original = find(broken.change().getEventId());
    if (original == null) {
      remember(broken.change(), broken.source(), true);
      reject(broken.change(), broken.source(), broken.why());
    } else {
      duplicate(broken.change(), broken.source(), original);
      if (broken.source().isRedriven()) {
        out.send("", new Step.Dead(broken.source(), broken.why())); // who sent it back must see it
      }
    }
  }

  private void reject(FactChange change, SourceRecord source, Rejection why) {
    out.send("", new Step.Dead(source, why));
    out.decide(Outcome.Subject.of(change, source).rejected(why));
  }

  private void duplicate(FactChange change, SourceRecord source, SeenEvent original) {
    String detail =
        at(source.partition(), source.offset())
            + " repeats "
            + at(original.getPartition(), original.getOffset());
    out.repeat(Outcome.Subject.of(change, source).duplicate(detail));
  }

  private static String at(int partition, long offset) {
    return "partition " + partition + " offset " + offset;
  }

  private void remember(FactChange change, SourceRecord source, boolean refused) {
    Instant now = out.now();
    SeenEvent event = new SeenEvent(refused, source.partition(), source.offset(), now);
    seen.put(change.getEventId(), event, now);
  }

  private @Nullable SeenEvent find(String eventId) {
    Instant now = out.now();
    SeenEvent found = seen.find(eventId, now);
    return found == null || found.getSeenAt().isBefore(now.minus(seen.retention())) ? null : found;
  }
}
