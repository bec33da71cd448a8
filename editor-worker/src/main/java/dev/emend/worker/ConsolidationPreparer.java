package dev.emend.worker;

import dev.emend.canary.Baseline;
import dev.emend.canary.Canary;
import dev.emend.canary.Exam;
import dev.emend.canary.ExamWriter;
import dev.emend.canary.Judgement;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.StagedVersion;
import dev.emend.event.CanaryScores;
import dev.emend.event.DeltaKind;
import dev.emend.event.PhaseSeconds;
import dev.emend.ledger.LedgerChange;
import dev.emend.memit.PhaseTimes;
import dev.emend.version.Aliases;
import dev.emend.version.HeadCause;
import dev.emend.version.VersionNotes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a finished consolidation to the records of its transaction: ask a sample of the standing
 * facts before and after, and write down version and ledger unless they are worse off. Confined to
 * the editing thread.
 */
final class ConsolidationPreparer {
  private static final Logger log = LoggerFactory.getLogger(ConsolidationPreparer.class);

  /** Facts that are asked: enough that a few chance answers do not decide. */
  private static final int ASKED = 100;

  private final WindowEditor editor;
  private final ExamWriter exams;
  private final double tolerance;
  private final VersionLetters letters;
  private final InstantSource clock;

  ConsolidationPreparer(
      WindowEditor editor,
      ExamWriter exams,
      double tolerance,
      VersionLetters letters,
      InstantSource clock) {
    this.editor = editor;
    this.exams = exams;
    this.tolerance = tolerance;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * Stages and judges; empty if the standing facts would be worse off. If it throws, the weights
   * are as before.
   */
  Optional<PreparedConsolidation> prepare(
      ConsolidationRun run, Standing standing, Instant startedAt) {
    String occasion = "consolidation-" + standing.state().version().version();
    Exam exam = exams.write(occasion, ASKED, standing.ledger());
    Instant asking = clock.instant();
    CanaryScores before = Canary.judge(exam, Baseline.NONE, editor, null).scores();
    StagedEdit staged = run.stage();
    boolean kept = false;
    try {
      Judgement after = Canary.judge(exam, Baseline.NONE, editor, null);
      if (worse(before, after.scores())) {
        log.warn(
            "the consolidation of {} is not published: {} of the asked facts hold, {} before",
            standing.state(),
            after.scores().getRetest(),
            before.getRetest());
        return Optional.empty();
      }
      PreparedConsolidation prepared =
          prepared(staged, standing, after.scores(), startedAt, asking);
      kept = true;
      return Optional.of(prepared);
    } finally {
      if (!kept) {
        staged.close();
      }
    }
  }

  private boolean worse(CanaryScores before, CanaryScores after) {
    return before.getRetest() != null
        && after.getRetest() != null
        && after.getRetest() < before.getRetest() - tolerance;
  }

  private PreparedConsolidation prepared(
      StagedEdit staged,
      Standing standing,
      CanaryScores scores,
      Instant startedAt,
      Instant asking) {
    StagedVersion version =
        standing
            .state()
            .stage(DeltaKind.CONSOLIDATION, staged.result().tensors(), ExactUpdate.sequential());
    long number = version.result().version().version();
    List<LedgerChange> changes = LedgerChanges.moved(standing.ledger(), staged.result(), number);
    Instant now = clock.instant();
    VersionNotes notes =
        new VersionNotes(
            null,
            List.of(),
            List.of(),
            Optional.empty(),
            scores,
            RecipeRecord.of(staged.recipe()),
            seconds(staged.result().times(), asking, now),
            now);
    Aliases aliases = letters.aliases(standing, version, notes);
    List<Outgoing> records = new ArrayList<>(letters.version(version, notes));
    records.addAll(letters.heads(standing, aliases, HeadCause.PUBLISHED, now));
    records.addAll(letters.ledger(standing, changes));
    records.add(letters.feedback(version.result(), standing.ledger().size(), notes));
    Standing next =
        standing.consolidated(version.result(), standing.ledger().with(changes), aliases);
    return new PreparedConsolidation(
        records, standing, next, staged, scores, Duration.between(startedAt, now));
  }

  /** The time of judging is that from the first question to the end. */
  private static PhaseSeconds seconds(PhaseTimes times, Instant asking, Instant now) {
    return PhaseSeconds.newBuilder()
        .setQueue(0)
        .setTargets(0)
        .setKeys(seconds(times.keys()))
        .setSolve(seconds(times.solve()))
        .setApply(seconds(times.apply()))
        .setJudge(seconds(Duration.between(asking, now)))
        .setTotal(seconds(times.total()))
        .build();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
