package dev.emend.stream;

import dev.emend.stream.state.HeldChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Holds changes whose {@code valid_from} lies ahead until it has come, and says when the {@code
 * valid_to} of a change has come. Entries lie in the store in the order of their time.
 */
final class CalendarStage implements Stage<String, Step> {
  private final Out out;
  private final KeyValueStore<String, HeldChange> calendar;
  private final StreamSerdes serdes;
  private final Cancellable clock;

  /** No entry is due before; spares a look into the store for each record. */
  private Instant nextDue;

  CalendarStage(ProcessorContext<String, Step> context, StreamSerdes serdes, Duration tick) {
    this.out = new Out(context);
    this.calendar = context.getStateStore(StreamNames.CALENDAR);
    this.serdes = serdes;
    this.nextDue = firstDue();
    this.clock = context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, time -> releaseDue());
  }

  @Override
  public void process(Record<String, Step> record) {
    Step step = record.value();
    if (!(step instanceof Step.Stated stated)) {
      out.send(record.key(), step);
      return;
    }
    releaseDue(); // what was due before must not come after this change
    Instant begin = stated.change().getValidFrom(); // a clock that is a little ahead means "now"
    if (begin != null && begin.isAfter(out.now())) {
      put(CalendarKey.begin(begin, stated.change()), record.key(), stated);
      out.decide(Outcome.Subject.of(stated.change(), stated.source()).scheduled(begin));
    } else {
      pass(record.key(), stated);
    }
  }

  @Override
  public void close() {
    clock.cancel();
  }

  private void pass(String key, Step.Stated stated) {
    Instant end = stated.change().getValidTo();
    if (end != null && end.isAfter(out.now())) {
      put(CalendarKey.end(end, stated.change()), key, stated);
    }
    out.send(key, stated);
  }

  private void put(CalendarKey at, String factKey, Step.Stated stated) {
    nextDue = at.due().isBefore(nextDue) ? at.due() : nextDue;
    calendar.put(at.text(), serdes.held(factKey, stated));
  }

  private void releaseDue() {
    if (out.now().isBefore(nextDue)) {
      return;
    }
    for (KeyValue<String, HeldChange> due : due()) {
      calendar.delete(due.key);
      release(CalendarKey.parse(due.key), due.value);
    }
    nextDue = firstDue();
  }

  private void release(CalendarKey at, HeldChange entry) {
    Step.Stated stated = serdes.stated(entry, at.due());
    if (at.isBegin()) {
      pass(entry.getFactKey(), stated);
    } else {
      out.send(entry.getFactKey(), new Step.Lapsed(stated.change(), stated.source()));
    }
  }

  private Instant firstDue() {
    try (KeyValueIterator<String, HeldChange> all = calendar.all()) {
      return all.hasNext() ? CalendarKey.parse(all.next().key).due() : Instant.MAX;
    }
  }

  /** Copied, because releasing writes to the store. */
  private List<KeyValue<String, HeldChange>> due() {
    List<KeyValue<String, HeldChange>> found = new ArrayList<>();
    try (KeyValueIterator<String, HeldChange> range =
        calendar.range(CalendarKey.FIRST, CalendarKey.after(out.now()))) {
      range.forEachRemaining(found::add);
    }
    return found;
  }
}
