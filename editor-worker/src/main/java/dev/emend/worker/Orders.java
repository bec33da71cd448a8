package dev.emend.worker;

import dev.emend.event.WorkerOrder;
import dev.emend.version.Aliases;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out what an operator orders. Confined to the editing thread. */
final class Orders {
  private final WindowRecords records;

  Orders(WindowRecords records) {
    this.records = records;
  }

  /** Carries out the order that came in place of a window, or refuses it. */
  PreparedWindow carryOut(WindowNotes notes) {
    WorkerOrder order = Objects.requireNonNull(notes.batch().getOrder(), "order");
    return switch (order.getKind()) {
      case PROMOTE -> promote(notes, order.getVersion());
      case ROLLBACK, UNKNOWN ->
          records.refused(notes, "this worker does not know the order " + order.getKind());
    };
  }

  private PreparedWindow promote(WindowNotes notes, @Nullable Long version) {
    Aliases aliases = notes.standing().aliases();
    long live = aliases.live().version();
    long to = version == null ? aliases.canary().version() : version;
    if (to > aliases.canary().version()) {
      return records.refused(
          notes,
          "there is no version %d yet; the newest is %d".formatted(to, aliases.canary().version()));
    }
    if (to == live) {
      return records.refused(notes, "live points to version " + to + " already");
    }
    if (to < live) {
      return records.refused(
          notes,
          "live is at version %d and does not go back to %d; emend rollback --to %d makes a new version of it"
              .formatted(live, to, to));
    }
    return records.promoted(notes, aliases.promoted(to));
  }
}
