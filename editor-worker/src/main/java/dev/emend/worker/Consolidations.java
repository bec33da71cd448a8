package dev.emend.worker;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consolidates in the background: short slices of work for the editing thread, begun when a batch
 * asks for it: when is the scheduler's choice. While windows wait, a slice and a window take turns.
 * A run that is interrupted by a crash or a lost partition leaves nothing behind; the worker's
 * announcement that it starts tells the scheduler to ask anew.
 *
 * <p>{@link #next} and the notes belong to the polling thread, the work that it hands out and
 * {@link #abandon} to the editing thread; the two never run at the same time.
 */
final class Consolidations {
  private static final Logger log = LoggerFactory.getLogger(Consolidations.class);

  private final WindowEditor editor;
  private final Supplier<ModelState> base;
  private final ConsolidationPreparer preparer;
  private final InstantSource clock;
  private @Nullable ConsolidationRun run;
  private Instant startedAt = Instant.MIN;
  private boolean sliceWasLast;
  private boolean asked;

  /**
   * Nothing is under way at first.
   *
   * @param base opens the base model; called for each run, so it should remember
   */
  Consolidations(
      WindowEditor editor,
      Supplier<ModelState> base,
      ConsolidationPreparer preparer,
      InstantSource clock) {
    this.editor = editor;
    this.base = base;
    this.preparer = preparer;
    this.clock = clock;
  }

  /** The work that is to be done now, if any; its result is to be committed if there is one. */
  Optional<Callable<Optional<PreparedConsolidation>>> next(Standing standing, boolean waiting) {
    boolean wanted = run != null || asked;
    if (!wanted || (waiting && sliceWasLast)) {
      return Optional.empty();
    }
    sliceWasLast = true;
    asked = false;
    return Optional.of(() -> slice(standing));
  }

  /** Whether a run is under way. */
  boolean running() {
    return run != null;
  }

  /** A window was committed; it may have asked for a consolidation. */
  void windowDone(WindowReport report) {
    sliceWasLast = false;
    if (report.batch().getConsolidation() != null) {
      ask();
    }
  }

  /** One begins, unless one is under way. */
  void ask() {
    asked = run == null;
  }

  private Optional<PreparedConsolidation> slice(Standing standing) {
    try {
      ConsolidationRun current = current(standing);
      if (!current.done()) {
        current.advance();
        return Optional.empty();
      }
      Optional<PreparedConsolidation> prepared = preparer.prepare(current, standing, startedAt);
      abandon();
      return prepared;
    } catch (Fault e) {
      if (e.code().kind() == FaultCode.Kind.RETRIABLE) {
        throw e;
      }
      log.warn("{} is not consolidated for now: {}", standing.state(), e.getMessage());
      abandon();
      return Optional.empty();
    }
  }

  private ConsolidationRun current(Standing standing) {
    ConsolidationRun current = run;
    if (current == null) {
      startedAt = clock.instant();
      current = editor.consolidate(unedited(base.get()));
      run = current;
      log.info("consolidating {} with {} facts", standing.state(), standing.ledger().size());
    }
    return current;
  }

  private static ModelState unedited(ModelState state) {
    if (state.version().version() != 0) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the worker was started from " + state + "; consolidation needs the folder of version 0");
    }
    return state;
  }

  /** Gives up the run under way, if there is one. */
  void abandon() {
    ConsolidationRun current = run;
    run = null;
    if (current != null) {
      current.close();
    }
  }
}
