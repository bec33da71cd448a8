package dev.emend.worker;

import dev.emend.blob.BlobStores;
import dev.emend.canary.ExamWriter;
import dev.emend.delta.BlobStore;
import dev.emend.delta.DeltaPackager;
import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FactLedger;
import dev.emend.memory.ProcessMemory;
import dev.emend.subscribe.SnapshotShelf;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.version.VersionRecorder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: edits one model by the windows that come for it, as a service with a beginning and an
 * end. Two threads: {@code emend-poll-MODEL} and {@code emend-edit-MODEL}. Public methods are
 * thread-safe.
 */
public final class EditorWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EditorWorker.class);

  private final WorkerConfig config;
  private final WorkerState state;
  private final KeptState kept;
  private final Optional<Compactions> compactions;
  private final WorkerLoop loop;
  private final WindowInbox inbox;
  private final MetricsEndpoint metrics;
  private final Thread polling;
  private volatile boolean stopping;

  /**
   * Wires a worker; nothing runs before {@link #start}.
   *
   * @param base the model that versions are built on
   * @param editor holds the same model; becomes the worker's, which closes it
   * @throws Fault if the metrics' port is taken
   */
  public EditorWorker(
      WorkerConfig config, Connection connection, ModelState base, WindowEditor editor) {
    this(config, connection, base, editor, KeptState.none());
  }

  /**
   * Wires a worker that starts faster from what it keeps.
   *
   * @param kept where it keeps its ledger; read at the start, written at the end
   */
  public EditorWorker(
      WorkerConfig config,
      Connection connection,
      ModelState base,
      WindowEditor editor,
      KeptState kept) {
    this(config, connection, base, editor, kept, new KafkaClients(config, connection));
  }

  /** For tests that look at, or break, what goes to the broker. */
  EditorWorker(
      WorkerConfig config,
      Connection connection,
      ModelState base,
      WindowEditor editor,
      KeptState kept,
      KafkaClients clients) {
    this.kept = kept;
    this.config = requireModel(config, base);
    InstantSource clock = Clock.systemUTC();
    Topics topics = config.log().topics();
    RecordCodec codec = config.log().safeguards().around(new RegistryCodec(connection));
    ProcessMemory memory = new ProcessMemory();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.metrics = MetricsEndpoint.start(registry, config.metricsPort());
    WorkerMetrics meters = new WorkerMetrics(registry, config.model(), memory);
    meters.watch(WorkerMeter.CONDITION, editor::condition);
    this.state = new WorkerState(new WindowMeters(meters));
    this.inbox =
        new WindowInbox(
            clients.groupMember(),
            topics.batches(),
            config.model(),
            new OrderInbox(clients.committedReader(), topics.orders(), config.model()));
    PartitionReader.Source readers =
        KafkaPartitionReader.source(
            clients::committedReader,
            clients::uncommittedReader,
            config.log().transactionTimeout().multipliedBy(2),
            clock);
    Optional<BlobStore> blobs = config.log().blobs().map(BlobStores::open);
    DeltaPackager chunking =
        new DeltaPackager(config.log().inlineLimit(), config.log().chunkSize());
    DeltaPackager packager = blobs.map(chunking::storingIn).orElse(chunking);
    VersionLetters letters =
        new VersionLetters(topics, new VersionRecorder(packager), config.soak().promotion());
    ExamWriter exams = new ExamWriter(config.canary());
    Consolidations consolidations =
        new Consolidations(
            editor,
            () -> base,
            new ConsolidationPreparer(
                editor, exams, config.consolidationTolerance(), letters, clock),
            clock);
    StartPoints starts = new StartPoints(base, config.log().snapshots().map(SnapshotShelf::new));
    this.compactions = Compactions.of(config, connection, base, blobs);
    ModelLog modelLog = new ModelLog(topics, readers, codec, kept, blobs);
    WindowRecords records = new WindowRecords(topics, letters, clock, memory);
    this.loop =
        new WorkerLoop(
            inbox,
            new Handoff(
                "emend-edit-" + config.model(),
                config.closePatience(),
                () -> {
                  consolidations.abandon();
                  editor.close();
                }),
            new Recovery(
                () -> start(starts, Long.MAX_VALUE), clients::writer, codec, modelLog, editor),
            new BatchPreparer(
                new WindowPreparer(
                    editor, exams, config.gate().limits(), config.gate().bisect(), records, clock),
                new Orders(
                    new Rollbacks(
                        modelLog,
                        version -> start(starts, version),
                        editor,
                        new RollbackRecords(topics, letters, records, clock),
                        consolidations::abandon),
                    records,
                    clock),
                clock),
            consolidations,
            new Soaks(editor, exams, config.soak(), letters, editor.read(), clock),
            new WindowCommits(
                config.model(),
                topics,
                clock,
                memory,
                published -> compactions.ifPresent(running -> running.committed(published))),
            new WindowReader(codec, topics),
            state,
            config.log(),
            clock);
    this.polling = new Thread(this::run, "emend-poll-" + config.model());
    polling.setDaemon(true);
  }

  /** Where to read the log from, once nobody shortens it. */
  private ModelState start(StartPoints starts, long version) {
    compactions.ifPresent(Compactions::settle);
    return starts.atMost(version);
  }

  private static WorkerConfig requireModel(WorkerConfig config, ModelState base) {
    if (!config.model().equals(base.model())) {
      throw new Fault(
          FaultCode.USAGE,
          "the worker of " + config.model() + " was given the model " + base.model());
    }
    return config;
  }

  /** Begins to work. To be called once. */
  public void start() {
    polling.start();
  }

  private void run() {
    try {
      inbox.join();
      while (!stopping) {
        loop.turn();
      }
      loop.close();
      state.stopped();
    } catch (Throwable e) { // whatever ends this thread must be seen from outside
      log.error("the worker of {} stops", config.model(), e);
      state.failed(e);
      loop.close();
    }
  }

  /**
   * Waits until a version is served.
   *
   * @return the first version that was served
   * @throws Fault TIMEOUT if that takes longer, or what stopped the worker
   */
  public ModelVersion awaitLive(Duration timeout) {
    try {
      return state.firstLive().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Fault(
          FaultCode.TIMEOUT,
          "no version of %s is served after %d s; the worker is %s"
              .formatted(config.model(), timeout.toSeconds(), state.health().state()),
          e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Fault fault
          ? fault
          : new Fault(FaultCode.INTERNAL, "the worker failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.TIMEOUT, "interrupted while waiting for the worker", e);
    }
  }

  /** How it is. */
  public WorkerHealth health() {
    return state.health();
  }

  /** The version whose weights are live; empty before the first recovery. */
  public Optional<ModelVersion> live() {
    return state.live().map(standing -> standing.state().version());
  }

  /** The weights that are live, to read from; empty before the first recovery. */
  public Optional<ModelState> weights() {
    return state.live().map(Standing::state);
  }

  /** The facts that are live. */
  public FactLedger ledger() {
    return state.live().map(Standing::ledger).orElse(FactLedger.empty());
  }

  /** Port on the loopback interface where {@code /metrics} is served. */
  public int metricsPort() {
    return metrics.port();
  }

  /** Stops after the present step; a window that is being edited is left to the next start. */
  @Override
  public void close() {
    stopping = true;
    try {
      if (polling.getState() == Thread.State.NEW) {
        loop.close();
      } else {
        polling.join(config.closePatience().multipliedBy(2).toMillis());
        state.live().ifPresent(kept::keep);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      compactions.ifPresent(Compactions::close);
      metrics.close();
    }
  }
}
