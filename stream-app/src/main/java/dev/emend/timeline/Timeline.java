package dev.emend.timeline;

import dev.emend.dataset.EditCase;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns statements that hold for a time into the instants at which the truth changes. At each
 * instant that statement holds which began last; where two began together, the later line. So an
 * overlap is taken over by the newer value, the older one comes back if it outlasts it, and a gap
 * is a retraction.
 */
final class Timeline {
  private Timeline() {}

  /** The change points of all facts, each fact's in the order of time. */
  static List<ChangePoint> changePoints(List<EditCase> statements) {
    Map<Fact, List<Statement>> byFact = new LinkedHashMap<>();
    for (int line = 0; line < statements.size(); line++) {
      EditCase statement = statements.get(line);
      Fact fact = new Fact(statement.subject(), statement.relation());
      byFact.computeIfAbsent(fact, key -> new ArrayList<>()).add(Statement.of(statement, line));
    }
    List<ChangePoint> points = new ArrayList<>();
    byFact.values().forEach(one -> sweep(one, points));
    return points;
  }

  private static void sweep(List<Statement> statements, List<ChangePoint> points) {
    TreeMap<Instant, List<Statement>> begins = new TreeMap<>();
    TreeMap<Instant, List<Statement>> ends = new TreeMap<>();
    for (Statement statement : statements) {
      put(begins, statement.from(), statement);
      if (statement.says().validTo() != null) {
        put(ends, statement.says().validTo(), statement);
      }
    }
    TreeSet<Instant> instants = new TreeSet<>(begins.keySet());
    instants.addAll(ends.keySet());
    TreeSet<Statement> holding = new TreeSet<>(Statement.ORDER);
    ChangePoint current = null;
    for (Instant at : instants) {
      holding.removeAll(ends.getOrDefault(at, List.of()));
      holding.addAll(begins.getOrDefault(at, List.of()));
      ChangePoint next = pointAt(at, holding.isEmpty() ? null : holding.last(), current);
      if (next != null && (current == null || !sameTruth(current, next))) {
        points.add(next);
        current = next;
      }
    }
  }

  private static @Nullable ChangePoint pointAt(
      Instant at, @Nullable Statement holding, @Nullable ChangePoint current) {
    if (holding != null) {
      EditCase says = holding.says();
      return new ChangePoint(at, says, says.op());
    }
    return current == null ? null : new ChangePoint(at, current.statement(), FactOp.RETRACT);
  }

  private static boolean sameTruth(ChangePoint one, ChangePoint other) {
    return Objects.equals(one.object(), other.object());
  }

  private static void put(Map<Instant, List<Statement>> map, Instant at, Statement statement) {
    map.computeIfAbsent(at, key -> new ArrayList<>()).add(statement);
  }

  private record Fact(String subject, String relation) {}

  /** A statement with its place in the file. */
  private record Statement(EditCase says, Instant from, int line) {
    static final Comparator<Statement> ORDER =
        Comparator.comparing(Statement::from).thenComparingInt(Statement::line);

    static Statement of(EditCase says, int line) {
      Instant from = says.validFrom();
      if (from == null) {
        throw new Fault(
            FaultCode.FACT_INVALID,
            "statement '%s' of the timeline has no valid_from".formatted(says.id()));
      }
      Instant to = says.validTo();
      if (to != null && !to.isAfter(from)) {
        throw new Fault(
            FaultCode.FACT_INVALID,
            "statement '%s' of the timeline ends before it begins".formatted(says.id()));
      }
      return new Statement(says, from, line);
    }
  }
}
