package dev.emend.stream;

import dev.emend.stream.state.FactHistory;
import dev.emend.stream.state.Statement;
import dev.emend.stream.state.Telling;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was said of one fact, in the order of {@link FactOrder}, and what the model was told last.
 * Nobody changes a statement once it is in here. Immutable.
 *
 * @param statements ascending; all of them begin now or before
 * @param told what was handed over last; null if nothing was
 * @param newest the change of the newest statement in wire form
 */
record History(List<Statement> statements, @Nullable Telling told, ByteBuffer newest) {
  private static final Comparator<Statement> ORDER = Comparator.comparing(FactOrder::of);

  /** A fact of which nothing was ever said. */
  static final History EMPTY = new History(List.of(), null, ByteBuffer.allocate(0));

  History {
    statements = List.copyOf(statements);
  }

  static History of(@Nullable FactHistory stored) {
    return stored == null
        ? EMPTY
        : new History(stored.getStatements(), stored.getTold(), stored.getNewest());
  }

  FactHistory stored() {
    return new FactHistory(statements, told, newest);
  }

  /** The latest statement that holds. */
  Optional<Statement> answer(Instant now) {
    for (int i = statements.size() - 1; i >= 0; i--) {
      if (Statements.holds(statements.get(i), now)) {
        return Optional.of(statements.get(i));
      }
    }
    return Optional.empty();
  }

  /** What held at an instant of the past, as far as is known now. */
  Optional<Statement> at(Instant then) {
    return statements.stream()
        .filter(said -> !said.getValidFrom().isAfter(then) && Statements.holds(said, then))
        .reduce((earlier, later) -> later);
  }

  /** The object that the model was told last; null if none, or if it was told to forget. */
  @Nullable String toldObject() {
    return told == null ? null : told.getObject();
  }

  /** Whether the model need not be told this. */
  boolean says(@Nullable String object) {
    return Objects.equals(toldObject(), object);
  }

  /**
   * These statements too. Which of them are kept depends only on what was said, not on its order.
   *
   * @param said more statements, in any order
   * @param change the newest of them in wire form
   * @param limit how many to keep: the newest
   */
  History with(Collection<Statement> said, ByteBuffer change, int limit) {
    Set<String> again = said.stream().map(Statement::getEventId).collect(Collectors.toSet());
    List<Statement> all = new ArrayList<>(statements.size() + said.size());
    statements.stream().filter(known -> !again.contains(known.getEventId())).forEach(all::add);
    all.addAll(said);
    all.sort(ORDER);
    boolean newer = statements.isEmpty() || !last(all).equals(last(statements));
    List<Statement> kept = all.subList(Math.max(0, all.size() - limit), all.size());
    return new History(kept, told, newer ? change : newest);
  }

  History telling(@Nullable Telling next) {
    return new History(statements, next, newest);
  }

  /** Whether anything was said that was not refused. */
  boolean hasSubstance() {
    return statements.stream().anyMatch(said -> !said.getRefused());
  }

  /** The worker refused this statement. */
  History refusing(String statementId) {
    return judging(statementId, true);
  }

  /** This statement counts no longer, or again. */
  History judging(String statementId, boolean refused) {
    return new History(
        statements.stream().map(said -> judged(said, statementId, refused)).toList(), told, newest);
  }

  Optional<Statement> find(String statementId) {
    return statements.stream().filter(said -> said.getEventId().equals(statementId)).findFirst();
  }

  private static Statement judged(Statement said, String statementId, boolean refused) {
    return said.getEventId().equals(statementId)
        ? Statement.newBuilder(said).setRefused(refused).build()
        : said;
  }

  private static Statement last(List<Statement> statements) {
    return statements.get(statements.size() - 1);
  }
}
