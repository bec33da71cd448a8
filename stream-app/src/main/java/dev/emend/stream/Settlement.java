package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.fault.RejectReason;
import dev.emend.stream.state.StandingFact;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what stands: the latest valid change of a fact by {@link FactOrder}, whatever the
 * order of arrival. Pure.
 */
final class Settlement {
  /** Appended to the id of an event whose {@code valid_to} has come. */
  static final String LAPSED = "#lapsed";

  private Settlement() {}

  /** Judges a change that holds since now or before. */
  static Verdict judge(@Nullable StandingFact standing, FactChange change, Instant now) {
    if (change.getValidTo() != null && !change.getValidTo().isAfter(now)) {
      return new Verdict.Over();
    }
    if (standing != null && FactOrder.of(change).compareTo(FactOrder.of(standing)) < 0) {
      return new Verdict.Superseded(standing.getEventId());
    }
    return change.getOp() == FactOp.RETRACT
        ? retract(standing, change)
        : assertObject(standing, change);
  }

  private static Verdict assertObject(@Nullable StandingFact standing, FactChange change) {
    if (standing != null && Objects.equals(standing.getObject(), change.getObject())) {
      return new Verdict.NoOp(moveOn(standing, change), "the stream already says so");
    }
    return accept(standing, change, change.getObject());
  }

  private static Verdict retract(@Nullable StandingFact standing, FactChange change) {
    if (standing == null) {
      return new Verdict.NothingToRetract(next(null, change, null));
    }
    return standing.getRetracted()
        ? new Verdict.NoOp(moveOn(standing, change), "the fact is already retracted")
        : accept(standing, change, null);
  }

  private static Verdict accept(
      @Nullable StandingFact standing, FactChange change, @Nullable String object) {
    String replaced = standing == null ? null : standing.getObject();
    return new Verdict.Accepted(next(standing, change, object), replaced);
  }

  private static StandingFact next(
      @Nullable StandingFact standing, FactChange change, @Nullable String object) {
    return StandingFact.newBuilder()
        .setEventId(change.getEventId())
        .setCarrierEventId(change.getEventId())
        .setRetracted(object == null)
        .setObject(object)
        .setValidFrom(FactOrder.beginOf(change))
        .setRecordedAt(change.getRecordedAt())
        .setPrevious(standing == null ? null : withoutPrevious(standing))
        .build();
  }

  private static StandingFact moveOn(StandingFact standing, FactChange change) {
    return StandingFact.newBuilder(standing)
        .setEventId(change.getEventId())
        .setValidFrom(FactOrder.beginOf(change))
        .setRecordedAt(change.getRecordedAt())
        .build();
  }

  /**
   * What stands after the {@code valid_to} of an event has come; empty if the fact has moved on. It
   * keeps its place in the order: a change that holds from a later time than the lapsed one still
   * wins, also if it arrives only now.
   */
  static Optional<StandingFact> lapse(@Nullable StandingFact standing, String eventId) {
    if (standing == null || standing.getRetracted() || !standing.getEventId().equals(eventId)) {
      return Optional.empty();
    }
    return Optional.of(
        StandingFact.newBuilder(standing)
            .setCarrierEventId(eventId + LAPSED)
            .setRetracted(true)
            .setObject(null)
            .setPrevious(withoutPrevious(standing))
            .build());
  }

  /**
   * What stands after an event was refused that we had let in.
   *
   * @return the corrected fact, with {@code null} in it for none, or empty if nothing changes
   */
  static Optional<Correction> undo(
      @Nullable StandingFact standing, String eventId, @Nullable String reason) {
    if (standing == null) {
      return Optional.empty();
    }
    if (standing.getCarrierEventId().equals(eventId)) {
      return saysNothing(standing, reason)
          ? Optional.empty()
          : Optional.of(new Correction(standing.getPrevious()));
    }
    StandingFact previous = standing.getPrevious();
    return previous != null && previous.getCarrierEventId().equals(eventId)
        ? Optional.of(new Correction(withoutPrevious(standing)))
        : Optional.empty();
  }

  /** A corrected fact; {@code null} if none stands. */
  record Correction(@Nullable StandingFact fact) {}

  /** A retraction refused because there is nothing leaves just that: nothing. */
  private static boolean saysNothing(StandingFact standing, @Nullable String reason) {
    return standing.getRetracted() && RejectReason.NOTHING_TO_RETRACT.name().equals(reason);
  }

  private static StandingFact withoutPrevious(StandingFact fact) {
    return StandingFact.newBuilder(fact).setPrevious(null).build();
  }
}
