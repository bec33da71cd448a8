package dev.emend.stream;

/** Every meter of the stream app: name, kind, unit, tags and meaning. */
public enum StreamMeter {
  /** Records read. */
  READ("emend.stream.read", Kind.COUNTER, "records", "", "Records read from the facts topic"),
  /** Outcomes written. */
  OUTCOMES(
      "emend.stream.outcomes",
      Kind.COUNTER,
      "outcomes",
      "code, reason",
      "Outcomes that the stream app decided; DUPLICATE counts repeated records"),
  /** Dead letters written. */
  DEAD_LETTERS(
      "emend.stream.dead.letters",
      Kind.COUNTER,
      "records",
      "reason",
      "Records that were put among the dead letters"),
  /** Facts that wait. */
  BACKLOG(
      "emend.stream.backlog",
      Kind.GAUGE,
      "facts",
      "model",
      "Facts that wait for a window, also those held back by an incomplete change set"),
  /** Windows without feedback. */
  OUTSTANDING(
      "emend.stream.outstanding",
      Kind.GAUGE,
      "windows",
      "model",
      "Windows handed over that the worker has given no feedback on"),
  /** Windows closed. */
  WINDOWS(
      "emend.stream.windows", Kind.COUNTER, "windows", "model, reason", "Windows closed, and why"),
  /** Facts in a window. */
  WINDOW_SIZE(
      "emend.stream.window.size", Kind.SUMMARY, "facts", "model", "Facts in a closed window"),
  /** First stage of a fact's latency. */
  ACCEPT_LATENCY(
      "emend.stream.latency.accept",
      Kind.TIMER,
      "seconds",
      "",
      "From publishing a fact (or its release from the calendar) to accepting it"),
  /** Second stage of a fact's latency. */
  QUEUE_LATENCY(
      "emend.stream.latency.queue",
      Kind.TIMER,
      "seconds",
      "",
      "From accepting a fact to closing its window"),
  /** Records of other topics that could not be read. */
  SKIPPED(
      "emend.stream.skipped",
      Kind.COUNTER,
      "records",
      "topic",
      "Unreadable records of the feedback and outcomes topics that were passed over"),
  /** Failures of stream threads. */
  FAILURES(
      "emend.stream.failures",
      Kind.COUNTER,
      "failures",
      "reaction",
      "Stream threads that failed, and what was done: REPLACE_THREAD or SHUTDOWN_CLIENT"),
  /** Partitions that are not read. */
  INTAKE_SHUT(
      "emend.stream.intake.shut",
      Kind.GAUGE,
      "partitions",
      "",
      "Partitions that are not read now, because the buffer behind them is full"),
  /** State on disk. */
  STATE_DISK("emend.stream.state.disk", Kind.GAUGE, "bytes", "", "Local stores in files"),
  /** State in memory. */
  STATE_MEMORY(
      "emend.stream.state.memory",
      Kind.GAUGE,
      "bytes",
      "",
      "Native memory of the local stores, of the limit emend.stream.state.cache"),
  /** Entries. */
  STATE_KEYS(
      "emend.stream.state.keys",
      Kind.GAUGE,
      "entries",
      "",
      "Entries in the local stores, estimated"),
  /** Whether the app runs. */
  UP("emend.stream.up", Kind.GAUGE, "", "", "1 while the topology is running, 0 otherwise"),
  /** Resident memory. */
  RESIDENT("emend.process.resident", Kind.GAUGE, "bytes", "", "Resident memory of the process");

  /** What a meter measures with. */
  public enum Kind {
    /** A number that only grows. */
    COUNTER,
    /** A number as it is now. */
    GAUGE,
    /** A distribution of numbers. */
    SUMMARY,
    /** A distribution of times. */
    TIMER
  }

  private final String meterName;
  private final Kind kind;
  private final String unit;
  private final String tags;
  private final String meaning;

  StreamMeter(String meterName, Kind kind, String unit, String tags, String meaning) {
    this.meterName = meterName;
    this.kind = kind;
    this.unit = unit;
    this.tags = tags;
    this.meaning = meaning;
  }

  /** Name as Micrometer has it; Prometheus writes underscores. */
  public String meterName() {
    return meterName;
  }

  /** What it measures with. */
  public Kind kind() {
    return kind;
  }

  /** Unit; empty for a pure number. */
  public String unit() {
    return unit;
  }

  /** Names of its tags, separated by commas; empty for none. */
  public String tags() {
    return tags;
  }

  /** What it says. */
  public String meaning() {
    return meaning;
  }
}
