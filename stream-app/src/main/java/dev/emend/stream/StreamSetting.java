package dev.emend.stream;

/** The settings of the stream app beside those of Kafka's clients and of the registry. */
public enum StreamSetting {
  /** Name of the application. */
  APPLICATION_ID(
      "emend.stream.application.id",
      "emend-stream",
      "name of the consumer group and prefix of internal topics; instances share it; unless set,"
          + " the topic prefix stands before it"),
  /** Name of the instance. */
  INSTANCE_ID(
      "emend.stream.instance.id",
      "1",
      "name of this instance, different for each; the same after a restart"),
  /** Topic prefix. */
  TOPIC_PREFIX("emend.topic.prefix", "", "put before the name of each topic"),
  /** Threads. */
  THREADS("emend.stream.threads", "1", "stream threads"),
  /** Commit interval. */
  COMMIT_INTERVAL(
      "emend.stream.commit.interval",
      "100ms",
      "how often a transaction is committed; others see what it holds only then"),
  /** Clock look-ups. */
  TICK("emend.stream.tick", "50ms", "how often scheduler and calendar look at the clock"),
  /** Retention of event ids. */
  SEEN_RETENTION("emend.stream.seen.retention", "7d", "how long an event id is remembered as seen"),
  /** Tolerated clock difference. */
  CLOCK_TOLERANCE("emend.stream.clock.tolerance", "5m", "how far a publisher's clock may be ahead"),
  /** Who may say what. */
  ADMISSION(
      "emend.stream.admission",
      "",
      "file that says who may say what, and how much; without one anybody may say anything"),
  /** Grace. */
  GRACE(
      "emend.stream.grace",
      "200ms",
      "how long what is said of a fact waits for what else is said of it, to be judged together"),
  /** Most changes in their grace. */
  GRACE_CAPACITY(
      "emend.stream.grace.capacity",
      "50000",
      "changes that may be in their grace, for each partition of the facts topic; then it is not read"),
  /** Statements kept of a fact. */
  HISTORY_LIMIT(
      "emend.stream.history.limit",
      "32",
      "statements kept of a fact, the newest by valid_from, recorded_at, event id"),
  /** Most facts that wait for a window. */
  WINDOW_CAPACITY(
      "emend.window.capacity",
      "20000",
      "facts that may wait for a window, for each partition of the batches topic; then no more are read"),
  /** Most facts in a window. */
  WINDOW_FACTS("emend.window.max.facts", "128", "most facts in a window and in a change set"),
  /** Most bytes in a window. */
  WINDOW_BYTES("emend.window.max.bytes", "4MB", "most bytes of records in a window"),
  /** Waiting for company. */
  LINGER(
      "emend.window.linger",
      "250ms",
      "how long an accepted fact waits for company though the worker is idle"),
  /** Staleness. */
  MAX_STALENESS(
      "emend.window.max.staleness", "5s", "how long a fact may wait while the worker is busy"),
  /** First windows. */
  WINDOW_FIRST(
      "emend.window.first.facts",
      "8",
      "largest window while nothing has been learned; then twice what went well"),
  /** Floor of the effect. */
  MIN_EFFICACY(
      "emend.window.min.efficacy",
      "0.8",
      "windows get smaller when a smaller share of their facts is expected to hold; 0: never"),
  /** Floor of the effect on others. */
  MIN_LOCALITY(
      "emend.window.min.locality",
      "0.8",
      "windows get smaller when a smaller share of neighbour prompts is expected to stay"),
  /** Memory of the worker. */
  MEMORY("emend.window.memory", "0B", "most memory that a window may take the worker to; 0: any"),
  /** Windows at once. */
  SLOTS(
      "emend.window.slots",
      "0",
      "windows of all models of a task in work at once; 0: a worker for each model"),
  /** Calibration. */
  CALIBRATION(
      "emend.window.calibration",
      "",
      "file or folder of emend calibrate: where the scheduler of a new model starts from"),
  /** Consolidation at rest. */
  CONSOLIDATION_QUIET(
      "emend.consolidation.quiet", "30s", "how long nothing must happen before one is asked for"),
  /** Fewest windows. */
  CONSOLIDATION_FEWEST(
      "emend.consolidation.fewest.windows", "4", "windows below which none is asked for"),
  /** Most windows. */
  CONSOLIDATION_MOST(
      "emend.consolidation.most.windows", "64", "windows after which one is asked for under load"),
  /** Old facts. */
  CONSOLIDATION_FALL(
      "emend.consolidation.fall",
      "0.1",
      "fall of the share of older facts that still hold after which one is asked for"),
  /** Change sets. */
  CHANGE_SET_TIMEOUT(
      "emend.change.set.timeout", "1m", "how long members of a change set wait for each other"),
  /** State folder. */
  STATE_DIR("emend.stream.state.dir", "emend-stream-state", "folder of the local stores"),
  /** RocksDB cache. */
  STATE_CACHE("emend.stream.state.cache", "64MB", "memory for all local stores together"),
  /** RocksDB write buffers. */
  STATE_WRITE_BUFFERS(
      "emend.stream.state.write.buffers", "24MB", "share of it for what is not yet on disk"),
  /** Prometheus port. */
  METRICS_PORT(
      "emend.stream.metrics.port", "0", "Prometheus port on the loopback interface; 0: any free");

  private final String key;
  private final String standard;
  private final String meaning;

  StreamSetting(String key, String standard, String meaning) {
    this.key = key;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** Name in a properties file. */
  public String key() {
    return key;
  }

  /** Text form of the default. */
  public String standard() {
    return standard;
  }

  /** What it says. */
  public String meaning() {
    return meaning;
  }
}
