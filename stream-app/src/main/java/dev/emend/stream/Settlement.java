package dev.emend.stream;

import dev.emend.event.RollbackNote;
import dev.emend.stream.state.Statement;
import dev.emend.stream.state.Telling;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what stands. The answer of a fact is its latest statement by {@link FactOrder} that
 * has not ended and was not refused; the model is told when the answer is not what it was told
 * last. What is judged together ends the same in whatever order it came. Pure.
 */
final class Settlement {
  /** Appended to the id of an event whose {@code valid_to} has come. */
  static final String LAPSED = "#lapsed";

  /** Appended to the id of a refused event whose predecessor is told again. */
  static final String RESTORED = "#restored";

  private Settlement() {}

  /**
   * Judges what came within one grace period.
   *
   * @param before what was known
   * @param said what came, in any order; each begins now or before
   * @param newest the latest of it in wire form
   * @param limit statements that are kept
   */
  static Judgement settle(
      History before, List<Statement> said, ByteBuffer newest, Instant now, int limit) {
    History after = before.with(said, newest, limit);
    Statement answer = after.answer(now).orElse(null);
    List<Ending> endings = new ArrayList<>();
    Telling telling = null;
    for (Statement statement : said) {
      if (Statements.isOver(statement, now)) {
        endings.add(over(statement));
      } else if (answer == null || !answer.getEventId().equals(statement.getEventId())) {
        endings.add(superseded(statement, answer, after));
      } else if (before.says(answer.getObject())) {
        endings.add(unchanged(after, statement));
      } else {
        telling = new Telling(answer.getEventId(), answer.getEventId(), answer.getObject());
      }
    }
    return telling == null
        ? Judgement.silent(after, endings)
        : Judgement.told(after, telling, endings);
  }

  /** It has ended before it could be told: it stays in the history and is no answer. */
  private static Ending over(Statement statement) {
    return new Ending.NoOp(
        statement.getEventId(),
        "over: it held only until " + statement.getValidTo() + " and changes the history alone");
  }

  /** Without an answer it was older than all that is kept. */
  private static Ending superseded(Statement statement, @Nullable Statement answer, History after) {
    Statement by = answer == null ? after.statements().get(after.statements().size() - 1) : answer;
    return new Ending.Superseded(statement.getEventId(), by.getEventId());
  }

  private static Ending unchanged(History after, Statement statement) {
    if (statement.getObject() != null) {
      return new Ending.NoOp(statement.getEventId(), "the stream already says so");
    }
    return after.statements().size() > 1
        ? new Ending.NoOp(statement.getEventId(), "the model was told nothing that it retracts")
        : new Ending.NothingToRetract(statement.getEventId());
  }

  /** The {@code valid_to} of a statement has come: what it hid, if anything, comes back. */
  static Judgement lapse(History before, String eventId, Instant now) {
    Optional<Statement> answer = before.answer(now);
    String object = answer.map(Statement::getObject).orElse(null);
    if (before.find(eventId).isEmpty() || before.says(object)) {
      return Judgement.none(before);
    }
    String whose = answer.map(Statement::getEventId).orElse(eventId);
    return Judgement.told(before, new Telling(eventId + LAPSED, whose, object), List.of());
  }

  /**
   * The worker refused an event that was handed over. Whether the model still holds what it was
   * told before cannot be known here, for that may have been folded into the refused event; so what
   * stands now is told again, and the worker drops it if it holds it.
   */
  static Judgement undo(History before, String eventId, Instant now) {
    Telling told = before.told();
    if (told == null || !told.getEventId().equals(eventId)) {
      return Judgement.none(before.refusing(eventId));
    }
    History after = before.refusing(told.getStatementId()).telling(null);
    if (!after.hasSubstance()) {
      return Judgement.none(after);
    }
    Optional<Statement> answer = after.answer(now);
    String whose = answer.map(Statement::getEventId).orElse(eventId);
    String object = answer.map(Statement::getObject).orElse(null);
    return Judgement.told(after, new Telling(eventId + RESTORED, whose, object), List.of());
  }

  /**
   * The model was rolled back. What it was told last is then what it holds again, unless a later
   * word is on its way to it; an event that is undone is no answer any more, and one that is back
   * is one again. The model is told nothing: whoever rolled it back meant it to hold what it holds.
   *
   * @param undone whether the event is undone; otherwise it is back
   */
  static Judgement rolledBack(
      History before, String eventId, boolean undone, RollbackNote rollback) {
    History after = before.judging(eventId, undone);
    Telling told = before.told();
    boolean last =
        told == null
            || told.getEventId().equals(eventId)
            || told.getEventId().equals(rollback.getBeforeEvent());
    return Judgement.silent(last ? after.telling(standing(rollback)) : after, List.of());
  }

  private static @Nullable Telling standing(RollbackNote rollback) {
    String event = rollback.getStandsEvent();
    return event == null ? null : new Telling(event, event, rollback.getStandsObject());
  }
}
