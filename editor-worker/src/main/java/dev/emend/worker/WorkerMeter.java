package dev.emend.worker;

import java.util.List;

/**
 * Every meter of the worker. Names are Micrometer's; Prometheus shows them with underscores and the
 * unit. All carry the tag {@code model}. The table in the module's README is checked against this.
 */
public enum WorkerMeter {
  /**
   * Time of a fact in one stage of its way: accept (published to accepted by the stream app), wait
   * (to the closing of its window), queue (to the start of editing), edit (to the end of editing
   * and judging), commit (to the end of the transaction, when it is served), served (all of it).
   */
  FACT_LATENCY(
      "emend.worker.fact.latency",
      Kind.TIMER,
      "seconds",
      "time of a fact in a stage of its way",
      "stage"),
  /** Items of a window as it came. */
  WINDOW_ITEMS("emend.worker.window.items", Kind.SUMMARY, "items", "items of a window"),
  /** Time of a window in one phase: queue, targets, keys, solve, apply, judge, total. */
  WINDOW_PHASE(
      "emend.worker.window.phase", Kind.TIMER, "seconds", "time of a window in a phase", "phase"),
  /** Windows by what became of them: published, unversioned, replayed, unreadable, aborted. */
  WINDOWS(
      "emend.worker.windows", Kind.COUNTER, "windows", "windows by what became of them", "result"),
  /** Times that another writer took this one's place, or the broker gave up its transaction. */
  FENCED("emend.worker.fenced", Kind.COUNTER, "times", "times that another writer took over"),
  /** Final outcomes of events by code. */
  OUTCOMES("emend.worker.outcomes", Kind.COUNTER, "events", "final outcomes by code", "code"),
  /** Refused events by reason. */
  REJECTS("emend.worker.rejects", Kind.COUNTER, "events", "refused events by reason", "reason"),
  /** The newest committed version. */
  VERSION("emend.worker.version", Kind.GAUGE, "version", "newest committed version"),
  /** Facts that the weights hold. */
  FACTS("emend.worker.facts", Kind.GAUGE, "facts", "standing facts in the weights"),
  /** Windows in the log that are not yet committed. */
  BACKLOG("emend.worker.backlog", Kind.GAUGE, "windows", "windows waiting in the log"),
  /** Last measured score: efficacy, paraphrase, locality, retest and the other gate scores. */
  CANARY("emend.worker.canary", Kind.GAUGE, "score", "last canary score", "score"),
  /** Verdicts of the gate on windows as they came: passed, or the score that was beyond. */
  GATE("emend.worker.gate", Kind.COUNTER, "windows", "verdicts of the gate", "verdict"),
  /** 1 while the gate is wary. */
  GATE_WARY("emend.worker.gate.wary", Kind.GAUGE, "flag", "whether the gate is wary"),
  /** Trial edits of a window that was bisected. */
  BISECT_EDITS(
      "emend.worker.bisect.edits", Kind.SUMMARY, "edits", "trial edits of a bisected window"),
  /** Time that these took. */
  BISECT("emend.worker.bisect", Kind.TIMER, "seconds", "time of the trial edits of a window"),
  /** Soaks by how they ended: promoted, held. */
  SOAKS("emend.worker.soaks", Kind.COUNTER, "soaks", "soaks by how they ended", "result"),
  /** Versions that an alias is behind the newest one. */
  ALIAS_LAG(
      "emend.worker.alias.lag",
      Kind.GAUGE,
      "versions",
      "versions that an alias is behind the newest",
      "alias"),
  /** 1 while a failed soak keeps {@code live} where it is. */
  ALIAS_HELD(
      "emend.worker.alias.held", Kind.GAUGE, "flag", "whether a failed soak holds live back"),
  /** Time to rebuild the model from the log. */
  RECOVERY(
      "emend.worker.recovery", Kind.TIMER, "seconds", "time to rebuild the model from the log"),
  /** Time from the beginning of a consolidation to its version, windows in between included. */
  CONSOLIDATION(
      "emend.worker.consolidation",
      Kind.TIMER,
      "seconds",
      "time from the beginning of a consolidation to its version"),
  /** Versions since the last consolidation. */
  UNCONSOLIDATED(
      "emend.worker.unconsolidated",
      Kind.GAUGE,
      "versions",
      "versions since the last consolidation"),
  /** Condition number of the worst layer's key matrix when it was last factored. */
  CONDITION(
      "emend.worker.condition",
      Kind.GAUGE,
      "ratio",
      "condition number of the worst layer's key matrix when last factored"),
  /** Used Java heap. */
  HEAP("emend.worker.memory.heap", Kind.GAUGE, "bytes", "used Java heap"),
  /** Direct byte buffers. */
  DIRECT("emend.worker.memory.direct", Kind.GAUGE, "bytes", "direct byte buffers"),
  /** Native memory tracked by JavaCPP: ND4J and OpenBLAS. */
  NATIVE("emend.worker.memory.native", Kind.GAUGE, "bytes", "native memory tracked by JavaCPP"),
  /** Resident memory of the process. */
  RESIDENT("emend.worker.memory.resident", Kind.GAUGE, "bytes", "resident memory of the process"),
  /** Peak resident memory during the last window. */
  PEAK("emend.worker.memory.peak", Kind.GAUGE, "bytes", "peak resident memory of the last window");

  /** How a meter is read. */
  public enum Kind {
    /** Durations, with percentiles. */
    TIMER,
    /** Sizes, with percentiles. */
    SUMMARY,
    /** A number that only grows. */
    COUNTER,
    /** The present value. */
    GAUGE
  }

  private final String meterName;
  private final Kind kind;
  private final String unit;
  private final String meaning;

  // List.of is immutable; Error Prone cannot see that in the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> tags;

  WorkerMeter(String meterName, Kind kind, String unit, String meaning, String... tags) {
    this.meterName = meterName;
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  /** Micrometer's name. */
  public String meterName() {
    return meterName;
  }

  /** How it is read. */
  public Kind kind() {
    return kind;
  }

  /** Unit of its values. */
  public String unit() {
    return unit;
  }

  /** What it says, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Tags besides {@code model}. */
  public List<String> tags() {
    return tags;
  }
}
