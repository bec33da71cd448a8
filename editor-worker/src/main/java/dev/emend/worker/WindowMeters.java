package dev.emend.worker;

import dev.emend.canary.GateScore;
import dev.emend.event.BatchItem;
import dev.emend.event.CanaryScores;
import dev.emend.event.PhaseSeconds;
import dev.emend.topic.HeadKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Tells the meters how windows went. Thread-safe. */
final class WindowMeters {
  private final WorkerMetrics metrics;

  WindowMeters(WorkerMetrics metrics) {
    this.metrics = metrics;
  }

  /** A window whose transaction ended at {@code committedAt}. */
  void committed(WindowReport report, Standing standing, Instant committedAt) {
    metrics.set(WorkerMeter.UNCONSOLIDATED, (double) standing.sinceConsolidation());
    windows(report.result().name());
    metrics.size(WorkerMeter.WINDOW_ITEMS, report.batch().getItems().size());
    metrics.set(WorkerMeter.FACTS, report.facts());
    metrics.set(WorkerMeter.PEAK, (double) report.peakBytes());
    if (report.version() != null) {
      metrics.set(WorkerMeter.VERSION, report.version());
    }
    phases(report.seconds());
    scores(report.canary());
    gate(report, standing);
    for (ItemOutcome outcome : report.outcomes()) {
      metrics.count(WorkerMeter.OUTCOMES, 1, outcome.code().name());
      outcome
          .rejection()
          .ifPresent(why -> metrics.count(WorkerMeter.REJECTS, 1, why.reason().name()));
      latency(outcome.item(), report, committedAt);
    }
  }

  private void gate(WindowReport report, Standing standing) {
    report.gate().ifPresent(verdict -> metrics.count(WorkerMeter.GATE, 1, verdict));
    if (report.canary() != null && report.canary().getBisected() > 0) {
      metrics.size(WorkerMeter.BISECT_EDITS, report.canary().getBisected());
      metrics.time(WorkerMeter.BISECT, report.bisecting());
    }
    metrics.set(WorkerMeter.GATE_WARY, standing.gate().wary() ? 1 : 0);
    aliases(standing);
  }

  /** The end of a soak. */
  void moved(PreparedMove prepared) {
    metrics.count(WorkerMeter.SOAKS, 1, prepared.held().isPresent() ? "held" : "promoted");
    aliases(prepared.standing());
  }

  private void aliases(Standing standing) {
    metrics.set(WorkerMeter.ALIAS_LAG, standing.aliases().lag(), HeadKey.LIVE);
    metrics.set(WorkerMeter.ALIAS_HELD, standing.aliases().hold().isPresent() ? 1 : 0);
  }

  /** A window that did not come to its commit: aborted or unreadable. */
  void windows(String result) {
    metrics.count(WorkerMeter.WINDOWS, 1, result.toLowerCase(Locale.ROOT));
  }

  /** A consolidation that became a version. */
  void consolidated(PreparedConsolidation prepared) {
    metrics.time(WorkerMeter.CONSOLIDATION, prepared.took());
    metrics.set(WorkerMeter.VERSION, (double) prepared.standing().state().version().version());
    metrics.set(WorkerMeter.UNCONSOLIDATED, 0);
    aliases(prepared.standing());
    scores(prepared.scores());
  }

  /** A finished recovery. */
  void recovered(Standing standing, Duration took) {
    metrics.time(WorkerMeter.RECOVERY, took);
    metrics.set(WorkerMeter.VERSION, (double) standing.state().version().version());
    metrics.set(WorkerMeter.FACTS, standing.ledger().size());
    metrics.set(WorkerMeter.UNCONSOLIDATED, (double) standing.sinceConsolidation());
    metrics.set(WorkerMeter.GATE_WARY, standing.gate().wary() ? 1 : 0);
    aliases(standing);
  }

  /** Another writer took this one's place. */
  void fenced() {
    metrics.count(WorkerMeter.FENCED, 1);
  }

  /** How many windows wait. */
  void backlog(long windows) {
    metrics.set(WorkerMeter.BACKLOG, (double) windows);
  }

  private void phases(PhaseSeconds seconds) {
    phase("queue", seconds.getQueue());
    phase("targets", seconds.getTargets());
    phase("keys", seconds.getKeys());
    phase("solve", seconds.getSolve());
    phase("apply", seconds.getApply());
    phase("judge", seconds.getJudge());
    phase("total", seconds.getTotal());
  }

  private void phase(String name, double seconds) {
    metrics.time(WorkerMeter.WINDOW_PHASE, Duration.ofNanos((long) (seconds * 1e9)), name);
  }

  private void scores(@Nullable CanaryScores scores) {
    if (scores != null) {
      score("paraphrase", scores.getParaphrase());
      for (GateScore score : GateScore.values()) {
        OptionalDouble value = score.of(scores);
        score(score.label(), value.isPresent() ? value.getAsDouble() : null);
      }
    }
  }

  private void score(String name, @Nullable Double value) {
    if (value != null) {
      metrics.set(WorkerMeter.CANARY, value, name);
    }
  }

  private void latency(BatchItem item, WindowReport report, Instant committedAt) {
    Instant closedAt = report.batch().getClosedAt();
    stage("accept", item.getPublishedAt(), item.getAcceptedAt());
    stage("wait", item.getAcceptedAt(), closedAt);
    stage("queue", closedAt, report.startedAt());
    stage("edit", report.startedAt(), report.editedAt());
    stage("commit", report.editedAt(), committedAt);
    stage("served", item.getPublishedAt(), committedAt);
  }

  private void stage(String name, Instant from, Instant to) {
    metrics.time(WorkerMeter.FACT_LATENCY, Duration.between(from, to), name);
  }
}
