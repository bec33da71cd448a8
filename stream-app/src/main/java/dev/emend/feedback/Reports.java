package dev.emend.feedback;

import dev.emend.event.CanaryScores;
import dev.emend.event.EditFeedback;
import dev.emend.event.PhaseSeconds;
import dev.emend.schedule.Report;
import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Phase;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.WindowLoad;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a worker's feedback as the scheduler understands it. Numbers that make no sense count 0.
 */
public final class Reports {
  private Reports() {}

  /** The report in a feedback on a window; not for an announcement. */
  public static Report of(EditFeedback feedback) {
    return new Report(
        feedback.getSequence(),
        observation(feedback),
        feedback.getSeconds().getQueue(),
        Math.max(0, feedback.getFactsInModel()),
        feedback.getConsolidated());
  }

  private static Observation observation(EditFeedback feedback) {
    int facts = Math.max(0, feedback.getItems() + feedback.getRejected());
    WindowLoad load =
        new WindowLoad(
            facts,
            Math.max(0, feedback.getPromptTokens()),
            Math.max(0, feedback.getLongestPrompt()));
    return new Observation(
        load,
        Math.max(0, feedback.getFactsInModel() - feedback.getItems()),
        positive(feedback.getSeconds().getTotal()),
        phases(feedback.getSeconds()),
        Math.max(0, feedback.getPeakBytes()),
        effect(feedback.getCanary()));
  }

  private static Map<Phase, Double> phases(PhaseSeconds seconds) {
    return Map.of(
        Phase.TARGETS, positive(seconds.getTargets()),
        Phase.KEYS, positive(seconds.getKeys()),
        Phase.SOLVE, positive(seconds.getSolve()),
        Phase.APPLY, positive(seconds.getApply()),
        Phase.JUDGE, positive(seconds.getJudge()));
  }

  private static Effect effect(@Nullable CanaryScores scores) {
    return scores == null
        ? Effect.UNKNOWN
        : new Effect(
            share(scores.getEfficacy(), scores.getOwnPrompts()),
            share(scores.getParaphrase(), scores.getParaphrasePrompts()),
            share(scores.getLocality(), scores.getNeighbourPrompts()),
            share(scores.getRetest(), scores.getOlderPrompts()));
  }

  private static Share share(@Nullable Double value, int asked) {
    return value == null || !(value >= 0 && value <= 1) || asked <= 0
        ? Share.UNKNOWN
        : new Share(value, asked);
  }

  private static double positive(double seconds) {
    return seconds > 0 && Double.isFinite(seconds) ? seconds : 0;
  }
}
