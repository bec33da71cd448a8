package dev.emend.worker;

import dev.emend.canary.Baseline;
import dev.emend.canary.Gate;
import dev.emend.canary.GateState;
import dev.emend.canary.Judgement;
import dev.emend.canary.Verdict;
import dev.emend.event.BatchItem;
import dev.emend.event.CanaryScores;
import dev.emend.event.EditBatch;
import dev.emend.event.PhaseSeconds;
import dev.emend.memit.PhaseTimes;
import dev.emend.memit.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a window so far, while it is being prepared. Confined to the editing thread. */
final class WindowNotes {
  private final EditBatch batch;
  private final Standing standing;
  private final InstantSource clock;
  private final Instant startedAt;
  private final List<ItemOutcome> outcomes = new ArrayList<>();
  private List<BatchItem> edits = List.of();
  private Baseline before = Baseline.NONE;
  private @Nullable StagedEdit staged;
  private @Nullable Judgement judgement;
  private GateState gate;
  private int trials;
  private Duration bisecting = Duration.ZERO;
  private @Nullable Verdict firstVerdict;
  private Duration judging = Duration.ZERO;
  private Duration applying = Duration.ZERO;

  WindowNotes(EditBatch batch, Standing standing, InstantSource clock) {
    this.batch = batch;
    this.standing = standing;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.gate = standing.gate();
  }

  /** Notes what needs no editing, and what is to be edited. */
  void triaged(Triage triage) {
    outcomes.addAll(triage.decided());
    edits = triage.edits();
  }

  /** Notes what the parent version says. */
  void asked(Baseline parent) {
    before = parent;
  }

  /** Notes what the editor did; items that it refused are edits no longer. */
  void staged(StagedEdit edit) {
    staged = edit;
    List<Rejection> rejections = edit.result().rejected();
    rejections.forEach(why -> outcomes.add(new ItemOutcome.Rejected(itemOf(why.factId()), why)));
    Set<String> refused = rejections.stream().map(Rejection::factId).collect(Collectors.toSet());
    edits = edits.stream().filter(item -> !refused.contains(item.getFactId())).toList();
  }

  private BatchItem itemOf(String factId) {
    return edits.stream().filter(item -> item.getFactId().equals(factId)).findFirst().orElseThrow();
  }

  /** Notes what was measured; the gate learns from the window as it came. */
  void judged(Verdict verdict, Gate judge) {
    if (judgement == null) {
      gate = judge.after(standing.gate(), verdict);
      firstVerdict = verdict;
    }
    judgement = verdict.judgement();
  }

  /** Notes what it took to tell the culprits from the rest. */
  void bisected(int trialEdits, Duration took) {
    trials = trialEdits;
    bisecting = took;
  }

  /** Some edits end as {@code outcome} says; the others are left. */
  void decideEdits(Predicate<BatchItem> some, Function<BatchItem, ItemOutcome> outcome) {
    edits.stream().filter(some).map(outcome).forEach(outcomes::add);
    edits = edits.stream().filter(some.negate()).toList();
  }

  /** Every edit ends as {@code outcome} says; none is left. */
  WindowNotes decideEdits(Function<BatchItem, ItemOutcome> outcome) {
    edits.stream().map(outcome).forEach(outcomes::add);
    edits = List.of();
    return this;
  }

  <T> T timeJudging(Supplier<T> work) {
    Instant start = clock.instant();
    T result = work.get();
    judging = judging.plus(Duration.between(start, clock.instant()));
    return result;
  }

  <T> T timeApplying(Supplier<T> work) {
    Instant start = clock.instant();
    T result = work.get();
    applying = applying.plus(Duration.between(start, clock.instant()));
    return result;
  }

  /** Wall seconds by phase, up to now. */
  PhaseSeconds seconds(Instant now) {
    PhaseTimes editing = staged == null ? PhaseTimes.ZERO : staged.result().times();
    return PhaseSeconds.newBuilder()
        .setQueue(Math.max(0, seconds(Duration.between(batch.getClosedAt(), startedAt))))
        .setTargets(seconds(editing.targets()))
        .setKeys(seconds(editing.keys()))
        .setSolve(seconds(editing.solve()))
        .setApply(seconds(editing.apply().plus(applying)))
        .setJudge(seconds(judging))
        .setTotal(seconds(Duration.between(startedAt, now)))
        .build();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  EditBatch batch() {
    return batch;
  }

  Standing standing() {
    return standing;
  }

  Instant startedAt() {
    return startedAt;
  }

  List<ItemOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  List<BatchItem> edits() {
    return edits;
  }

  Baseline before() {
    return before;
  }

  @Nullable StagedEdit staged() {
    return staged;
  }

  /** What the gate makes of it. */
  GateState gate() {
    return gate;
  }

  /** The verdict on the window as it came; null if it was not judged. */
  @Nullable Verdict verdict() {
    return firstVerdict;
  }

  /** Trial edits of the bisection. */
  int trials() {
    return trials;
  }

  /** Time of the bisection. */
  Duration bisecting() {
    return bisecting;
  }

  /** The scores as they go with the version; null if nothing was judged. */
  @Nullable CanaryScores scores() {
    return judgement == null
        ? null
        : CanaryScores.newBuilder(judgement.scores())
            .setBisected(trials)
            .setWary(gate.wary())
            .build();
  }
}
