package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.stream.state.Handover;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Folds a waiting change into the later one of the same fact. */
final class Coalescing {
  /** A fact that changes without end must not make a record without end. */
  private static final int MOST_FOLDED = 256;

  private final StreamSerdes serdes;

  Coalescing(StreamSerdes serdes) {
    this.serdes = serdes;
  }

  /**
   * The newer change in the older one's turn. What it replaces is what the older one would have
   * replaced: that is what the stream last sent to the worker.
   */
  Handover merge(Handover older, Handover newer) {
    BatchItem before = item(older);
    BatchItem after = item(newer);
    List<String> folded = new ArrayList<>(before.getCoalescedEventIds());
    folded.add(before.getEventId());
    after.setCoalescedEventIds(latest(folded));
    after.setReplacedObject(before.getReplacedObject());
    return Handover.newBuilder(newer)
        .setItem(serdes.writeItem(after))
        .setArrival(older.getArrival())
        .setSince(older.getSince())
        .setUrgent(newer.getUrgent() || older.getUrgent())
        .build();
  }

  private static List<String> latest(List<String> folded) {
    return folded.subList(Math.max(0, folded.size() - MOST_FOLDED), folded.size());
  }

  /**
   * Whether a merged change says what the worker was told before; so does the retraction of what it
   * was never told.
   */
  boolean changesNothing(Handover merged) {
    BatchItem item = item(merged);
    return Objects.equals(item.getObject(), item.getReplacedObject());
  }

  /**
   * The item as windows have it. One that an earlier release of this app wrote has another schema
   * and is written anew.
   */
  ByteBuffer written(Handover handover) {
    ByteBuffer item = Objects.requireNonNull(handover.getItem(), "a note has no item");
    return serdes.isCurrentItem(item) ? item : serdes.writeItem(serdes.readItem(item));
  }

  /** The item for the worker. */
  BatchItem item(Handover handover) {
    return serdes.readItem(Objects.requireNonNull(handover.getItem(), "a note has no item"));
  }
}
