package dev.emend.worker;

import dev.emend.event.EditBatch;
import dev.emend.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, and lets everything else happen: recover, edit, commit, adopt. Each step that takes long
 * runs on the editing thread while the polling goes on with paused partitions; what it led to is
 * dealt with here, in the next turn. All methods belong to the polling thread.
 *
 * <p>Two rules make a crash at any point harmless. The session is dropped, and with it everything
 * not yet committed, whenever a transaction or a step fails: the next one starts from the log. And
 * the live version changes only after the transaction that holds it is committed.
 */
final class WorkerLoop {
  private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);

  private final WindowInbox inbox;
  private final Handoff editing;
  private final Recovery recovery;
  private final BatchPreparer preparer;
  private final Consolidations consolidations;
  private final Soaks soaks;
  private final WindowCommits commits;
  private final WindowReader windows;
  private final WorkerState state;
  private final LogSettings settings;
  private final InstantSource clock;
  private final Setbacks setbacks;
  private @Nullable Session session;
  private Instant notBefore = Instant.MIN;

  WorkerLoop(
      WindowInbox inbox,
      Handoff editing,
      Recovery recovery,
      BatchPreparer preparer,
      Consolidations consolidations,
      Soaks soaks,
      WindowCommits commits,
      WindowReader windows,
      WorkerState state,
      LogSettings settings,
      InstantSource clock) {
    this.inbox = inbox;
    this.editing = editing;
    this.recovery = recovery;
    this.preparer = preparer;
    this.consolidations = consolidations;
    this.soaks = soaks;
    this.commits = commits;
    this.windows = windows;
    this.state = state;
    this.settings = settings;
    this.clock = clock;
    this.setbacks = new Setbacks(this::dropSession, state, settings.retryPause());
  }

  /**
   * One turn: receive, deal with what the editing thread finished, begin the next step.
   *
   * @throws Fault if the worker cannot go on
   */
  void turn() {
    boolean free = session != null && !editing.busy();
    boolean idle = free && !consolidations.running();
    guarded(() -> inbox.receive(free, idle ? settings.pollInterval() : BUSY_POLL));
    state.backlog(inbox.backlog());
    editing.settle();
    if (editing.busy() || clock.instant().isBefore(notBefore)) {
      return;
    }
    Session current = session;
    if (!inbox.owned()) {
      endSession();
      state.standby();
    } else if (current == null) {
      recover();
    } else {
      work(current, free);
    }
  }

  /** A slice of a consolidation only after windows had a chance to come in this turn. */
  private void work(Session current, boolean asked) {
    Optional<Callable<PreparedMove>> soaked = soaks.next(current.standing());
    if (soaked.isPresent()) {
      editing.start(soaked.get(), this::commit, this::rebuild);
      return;
    }
    Optional<LogRecord> window = inbox.next();
    Optional<Callable<Optional<PreparedConsolidation>>> slice =
        asked ? consolidations.next(current.standing(), window.isPresent()) : Optional.empty();
    if (slice.isPresent()) {
      editing.start(slice.get(), done -> done.ifPresent(this::commit), this::rebuild);
    } else {
      window.ifPresentOrElse(next -> begin(next, current), inbox::commitSkipped);
    }
  }

  private void recover() {
    state.recovering();
    Instant start = clock.instant();
    editing.start(
        () -> {
          consolidations.abandon();
          return recovery.run();
        },
        recovered -> begin(recovered, start),
        setbacks::retryOrFail);
  }

  private void begin(Session recovered, Instant since) {
    session = recovered;
    guarded(
        () -> {
          inbox.rewind();
          commits.announceIdle(recovered.publisher(), inbox.group());
          state.recovered(recovered.standing(), Duration.between(since, clock.instant()));
        });
  }

  private void begin(LogRecord window, Session current) {
    Optional<EditBatch> batch;
    try {
      batch = windows.read(window);
    } catch (Fault e) {
      setbacks.retryOrFail(e);
      return;
    }
    if (batch.isEmpty()) {
      guarded(
          () -> {
            commits.deadLetter(window, windows.lastProblem(), current.publisher(), inbox);
            state.aborted("unreadable");
          });
      return;
    }
    state.editing();
    FailedWindow before = setbacks.failed();
    editing.start(
        () -> before.prepare(window, batch.get(), current.standing(), preparer),
        prepared -> commit(window, prepared),
        error -> setbacks.editing(window, error));
  }

  private void commit(LogRecord window, PreparedWindow prepared) {
    commit(
        prepared,
        publisher -> commits.publish(window, prepared, publisher, inbox),
        error -> setbacks.committing(window, error),
        committedAt -> {
          consolidations.windowDone(prepared.report());
          state.served(prepared, committedAt);
        });
  }

  private void commit(PreparedConsolidation prepared) {
    commit(
        prepared,
        publisher -> commits.publish(prepared, publisher, inbox),
        setbacks::inBackground,
        committedAt -> state.consolidated(prepared));
  }

  private void commit(PreparedMove prepared) {
    commit(
        prepared,
        publisher -> commits.publish(prepared, publisher, inbox),
        setbacks::inBackground,
        committedAt -> {
          state.moved(prepared);
          if (prepared.held().isPresent()) {
            consolidations.ask();
          }
        });
  }

  private void commit(
      Prepared prepared,
      Consumer<Publisher> publish,
      Consumer<RuntimeException> failed,
      Consumer<Instant> served) {
    Session current = session;
    if (current == null || !inbox.owned()) {
      abandon(prepared, "the model's windows went to another worker");
      return;
    }
    try {
      publish.accept(current.publisher());
    } catch (KafkaException | Fault e) {
      abandon(prepared, e.toString());
      failed.accept(e);
      return;
    }
    Instant committedAt = clock.instant();
    session = current.at(prepared.standing());
    editing.start(
        () -> {
          prepared.adopt();
          return prepared;
        },
        adopted -> served.accept(committedAt),
        this::rebuild);
  }

  private void abandon(Prepared prepared, String why) {
    log.warn("weights were edited but not committed: {}", why);
    state.aborted("aborted");
    dropSession();
    editing.start(
        () -> {
          prepared.close();
          return prepared;
        },
        abandoned -> log.info("the staged weights are restored"),
        this::rebuild);
  }

  /** The weights are in an unknown state; the log knows better. */
  private void rebuild(Throwable error) {
    log.warn("the weights are rebuilt from the log", error);
    dropSession();
  }

  /** Runs a step that talks to the broker; if it fails the session is dropped. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (KafkaException | Fault e) {
      setbacks.retryOrFail(e);
    }
  }

  /** The next turns begin from the log again. */
  private void dropSession() {
    endSession();
    inbox.forget();
    notBefore = clock.instant().plus(settings.retryPause());
  }

  private void endSession() {
    Session current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }

  /** Leaves the group and lets the editing thread end; nothing uncommitted survives. */
  void close() {
    endSession();
    editing.close();
    inbox.close();
  }
}
