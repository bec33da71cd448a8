package dev.emend.worker;

import dev.emend.canary.Baseline;
import dev.emend.canary.Canary;
import dev.emend.canary.Exam;
import dev.emend.canary.ExamWriter;
import dev.emend.canary.GateState;
import dev.emend.canary.Judgement;
import dev.emend.canary.TextReading;
import dev.emend.canary.Verdict;
import dev.emend.version.Aliases;
import dev.emend.version.HeadCause;
import dev.emend.version.Hold;
import dev.emend.version.VersionMark;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Ends soaks: when the soak of a version is over, the weights are examined, and {@code live} goes
 * on to that version or is held. Examined are the newest weights, which hold all that the version
 * holds: what came after it can only keep {@code live} back, not push it on. All that is remembered
 * is in the log, so that a soak goes on after a restart.
 *
 * <p>{@link #next} belongs to the polling thread, the work that it hands out to the editing thread.
 */
final class Soaks {
  private final WindowEditor editor;
  private final ExamWriter exams;
  private final SoakSettings settings;
  private final VersionLetters letters;
  private final TextReading base;
  private final InstantSource clock;

  /**
   * Soaks.
   *
   * @param base what the model read before anything was edited
   */
  Soaks(
      WindowEditor editor,
      ExamWriter exams,
      SoakSettings settings,
      VersionLetters letters,
      TextReading base,
      InstantSource clock) {
    this.editor = editor;
    this.exams = exams;
    this.settings = settings;
    this.letters = letters;
    this.base = base;
    this.clock = clock;
  }

  /** The work to be done if a soak is over; its result is to be committed. */
  Optional<Callable<PreparedMove>> next(Standing standing) {
    return settings
        .promotion()
        .due(standing.aliases(), clock.instant())
        .map(mark -> () -> end(mark, standing));
  }

  private PreparedMove end(VersionMark mark, Standing standing) {
    Exam exam = exams.write("soak-" + mark.number(), settings.facts(), standing.ledger());
    Judgement judgement = Canary.judge(exam, new Baseline(Map.of(), base), editor, null);
    Verdict verdict = settings.limits().decide(judgement, GateState.CALM);
    return verdict.fold(
        passed -> promoted(mark, standing, judgement),
        failed -> held(mark, standing, judgement, failed.measurement()));
  }

  private PreparedMove promoted(VersionMark mark, Standing standing, Judgement judgement) {
    Aliases after = standing.aliases().promoted(mark.number());
    return new PreparedMove(
        letters.heads(standing, after, HeadCause.SOAKED, clock.instant()),
        standing.at(after),
        judgement.scores(),
        Optional.empty());
  }

  private PreparedMove held(
      VersionMark mark, Standing standing, Judgement judgement, String measurement) {
    Instant now = clock.instant();
    String why = "the soak of version " + mark.number() + " failed: " + measurement;
    Aliases after = standing.aliases().held(new Hold(why, now));
    List<Outgoing> records = new ArrayList<>(letters.heads(standing, after, HeadCause.HELD, now));
    records.add(letters.alarm(standing, why, judgement.scores(), now));
    return new PreparedMove(records, standing.at(after), judgement.scores(), Optional.of(why));
  }
}
