package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure means for the loop: begin again from the log, refuse the window that caused it, or
 * stop. A window is only ever blamed for what no wait could cure: while the broker, the registry or
 * the blob store is away, or its disk full, windows wait. Belongs to the polling thread.
 */
final class Setbacks {
  private static final Logger log = LoggerFactory.getLogger(Setbacks.class);

  private final Runnable dropSession;
  private final WorkerState state;
  private final Duration retryPause;
  private FailedWindow failed = FailedWindow.NONE;

  /**
   * No failure so far.
   *
   * @param dropSession lets the next turns begin from the log, after the pause
   */
  Setbacks(Runnable dropSession, WorkerState state, Duration retryPause) {
    this.dropSession = dropSession;
    this.state = state;
    this.retryPause = retryPause;
  }

  /** The window that is to blame, which is refused when it comes again. */
  FailedWindow failed() {
    return failed;
  }

  /**
   * A window could not be edited: it is tried once more, unless that is not its fault.
   *
   * @throws Fault if it could not even be refused
   */
  void editing(LogRecord window, Throwable error) {
    state.aborted("aborted");
    if (Retries.worthwhile(error)) {
      retryOrFail(error);
      return;
    }
    boolean again = !failed.is(window);
    failed = FailedWindow.of(window, error);
    log.warn(
        "editing the window at {} failed{}", window.place(), again ? "; once more" : "", error);
    if (error instanceof Exception && again) {
      dropSession.run();
    } else {
      throw fatal(error);
    }
  }

  /**
   * A window could not be committed; the session is dropped already.
   *
   * @throws Fault if trying again would not help
   */
  void committing(LogRecord window, RuntimeException error) {
    notice(error);
    if (Retries.blamesRecord(error) && !failed.is(window)) {
      failed = FailedWindow.of(window, error);
    } else if (!Retries.worthwhile(error)) {
      throw fatal(error);
    }
  }

  /** What nobody can write is not tried again before there are more windows. */
  void inBackground(RuntimeException error) {
    if (!Retries.blamesRecord(error)) {
      retryOrFail(error);
    }
  }

  /**
   * A step that talks to others failed.
   *
   * @throws Fault if trying again would not help
   */
  void retryOrFail(Throwable error) {
    notice(error);
    dropSession.run();
    if (!Retries.worthwhile(error)) {
      throw fatal(error);
    }
    log.warn("will try again in {}: {}", retryPause, error.toString());
    state.trouble(String.valueOf(error.getMessage()));
  }

  private void notice(Throwable error) {
    if (Retries.fenced(error)) {
      state.fenced(error);
    }
  }

  private static Fault fatal(Throwable error) {
    return error instanceof Fault fault
        ? fault
        : new Fault(FaultCode.INTERNAL, "the worker stops: " + error, error);
  }
}
