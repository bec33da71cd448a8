package dev.emend.worker;

import dev.emend.event.WorkerOrder;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.version.Aliases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what operators order: each order is a window without items, so that its transaction
 * is that of a window. Confined to the editing thread.
 */
final class Orders {
  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  /**
   * Nobody waits for an order that long, and the broker may forget which ones were carried out when
   * nothing is committed for a week.
   */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Rollbacks rollbacks;
  private final WindowRecords records;
  private final InstantSource clock;

  Orders(Rollbacks rollbacks, WindowRecords records, InstantSource clock) {
    this.rollbacks = rollbacks;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Carries out the order that came in place of a window, or refuses it. If it throws, the weights
   * are as before.
   *
   * @throws Fault that is retriable, if broker or registry do not answer
   */
  PreparedWindow carryOut(WindowNotes notes) {
    WorkerOrder order = Objects.requireNonNull(notes.batch().getOrder(), "order");
    Instant givenAt = notes.batch().getClosedAt();
    if (givenAt.plus(LONGEST_WAIT).isBefore(clock.instant())) {
      return refuse(notes, "it was given at " + givenAt + ", more than a day ago; give it again");
    }
    log.info("{} orders {} {}", order.getOrderedBy(), order.getKind(), order.getVersion());
    try {
      return switch (order.getKind()) {
        case PROMOTE -> promote(notes, order.getVersion());
        case ROLLBACK -> rollbacks.prepare(notes, order.getVersion());
        case UNKNOWN -> refuse(notes, "this worker does not know this kind of order");
      };
    } catch (Fault e) {
      if (e.code().kind() == FaultCode.Kind.RETRIABLE) {
        throw e;
      }
      return refuse(notes, String.valueOf(e.getMessage()));
    }
  }

  /** Says that an order is not carried out. */
  PreparedWindow refuse(WindowNotes notes, String why) {
    log.warn("the order {} is refused: {}", notes.batch().getBatchId(), why);
    return records.refused(notes, why);
  }

  private PreparedWindow promote(WindowNotes notes, @Nullable Long version) {
    Aliases aliases = notes.standing().aliases();
    long live = aliases.live().version();
    long to = version == null ? aliases.canary().version() : version;
    if (to > aliases.canary().version()) {
      return refuse(
          notes,
          "there is no version %d yet; the newest is %d".formatted(to, aliases.canary().version()));
    }
    if (to == live) {
      return refuse(notes, "live points to version " + to + " already");
    }
    if (to < live) {
      return refuse(
          notes,
          "live is at version %d and does not go back to %d; emend rollback --to %d makes a new version of it"
              .formatted(live, to, to));
    }
    return records.promoted(notes, aliases.promoted(to));
  }
}
