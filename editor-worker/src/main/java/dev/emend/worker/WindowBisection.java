package dev.emend.worker;

import dev.emend.canary.BisectBudget;
import dev.emend.canary.Bisection;
import dev.emend.canary.Exam;
import dev.emend.canary.Gate;
import dev.emend.canary.Verdict;
import dev.emend.event.BatchItem;
import dev.emend.fault.RejectReason;
import dev.emend.memit.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which items of a window fail its gate. Confined to the editing thread. */
final class WindowBisection {
  private static final Logger log = LoggerFactory.getLogger(WindowBisection.class);

  private final WindowEditor editor;
  private final Gate gate;
  private final BisectBudget budget;
  private final InstantSource clock;

  WindowBisection(WindowEditor editor, Gate gate, BisectBudget budget, InstantSource clock) {
    this.editor = editor;
    this.gate = gate;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * Refuses the culprits of a window that failed; what is left passed together. Members of a change
   * set stay together, and fall together.
   */
  void run(WindowNotes notes, Exam exam, Verdict.Failed failure) {
    List<String> units = notes.edits().stream().map(WindowBisection::unit).distinct().toList();
    if (units.size() < 2 || budget.edits() == 0) {
      String of = notes.edits().size() < 2 ? "" : "its window: ";
      notes.decideEdits(item -> refused(item, of + failure.measurement()));
      return;
    }
    Instant start = clock.instant();
    Predicate<String> suspected = suspects(notes, failure)::contains;
    Bisection.Result<String> parts =
        Bisection.run(
            units.stream().filter(suspected).toList(),
            units.stream().filter(suspected.negate()).toList(),
            failure,
            part -> judge(Set.copyOf(part), notes, exam),
            budget,
            clock);
    notes.bisected(parts.trials(), Duration.between(start, clock.instant()));
    int edits = notes.edits().size();
    notes.decideEdits(
        item -> parts.refused().containsKey(unit(item)),
        item -> refused(item, parts.refused().getOrDefault(unit(item), "")));
    log.info(
        "window {} failed: {}; {} of its {} items are refused after {} trial edits",
        notes.batch().getSequence(),
        failure.measurement(),
        edits - notes.edits().size(),
        edits,
        parts.trials());
  }

  /** What must not be parted: a change set, or a fact. */
  private static String unit(BatchItem item) {
    String set = item.getChangeSetId();
    return set == null ? "fact " + item.getFactId() : "set " + set;
  }

  private static Set<String> suspects(WindowNotes notes, Verdict.Failed failure) {
    Set<String> facts = failure.judgement().suspects();
    return notes.edits().stream()
        .filter(item -> facts.contains(item.getFactId()))
        .map(WindowBisection::unit)
        .collect(Collectors.toSet());
  }

  private Verdict judge(Set<String> part, WindowNotes notes, Exam exam) {
    List<BatchItem> items =
        notes.edits().stream().filter(item -> part.contains(unit(item))).toList();
    try (StagedEdit staged = editor.stage(items, notes.standing().ledger())) {
      JudgedEdit judged = JudgedEdit.of(staged, items, notes, exam, editor);
      return gate.decide(judged.judgement(), notes.standing().gate());
    }
  }

  static ItemOutcome refused(BatchItem item, String detail) {
    return new ItemOutcome.Rejected(
        item, new Rejection(item.getFactId(), RejectReason.CANARY_FAILED, detail));
  }
}
