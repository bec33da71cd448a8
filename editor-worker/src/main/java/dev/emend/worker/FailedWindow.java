package dev.emend.worker;

import dev.emend.event.EditBatch;
import dev.emend.fault.RejectReason;

/**
 * The last window that could not be edited or committed, and why. Immutable.
 *
 * @param offset of the window; -1 if there is none
 * @param why one line
 */
record FailedWindow(long offset, String why) {
  /** No window has failed. */
  static final FailedWindow NONE = new FailedWindow(-1, "");

  static FailedWindow of(LogRecord window, Throwable error) {
    return new FailedWindow(window.offset(), error.toString());
  }

  boolean is(LogRecord window) {
    return offset == window.offset();
  }

  /** Prepares a window; one that failed before is refused, so that others get on. */
  PreparedWindow prepare(
      LogRecord window, EditBatch batch, Standing standing, BatchPreparer preparer) {
    return is(window)
        ? preparer.refuse(batch, standing, RejectReason.EDIT_FAILED, "its window failed: " + why)
        : preparer.prepare(batch, standing);
  }
}
