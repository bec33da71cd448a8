package dev.emend.worker;

import dev.emend.event.EditBatch;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Optional;

/** Reads windows out of records. Belongs to the polling thread. */
final class WindowReader {
  private final RecordCodec codec;
  private String problem = "";

  WindowReader(RecordCodec codec) {
    this.codec = codec;
  }

  /**
   * The window; empty if the record never will be one, and {@link #lastProblem} then says why.
   *
   * @throws Fault retriable if the registry does not answer
   */
  Optional<EditBatch> read(LogRecord record) {
    byte[] bytes = record.value();
    if (bytes == null) {
      return unreadable("the record has no value");
    }
    try {
      EditBatch batch = codec.decode(EditBatch.class, record.topic(), record.headers(), bytes);
      return batch.getModel().equals(record.key())
          ? Optional.of(batch)
          : unreadable("the window is for " + batch.getModel() + " but its key is " + record.key());
    } catch (Fault e) {
      if (e.code().kind() == FaultCode.Kind.RETRIABLE) {
        throw e;
      }
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Optional<EditBatch> unreadable(String why) {
    problem = why;
    return Optional.empty();
  }

  /** Why the last record was no window. */
  String lastProblem() {
    return problem;
  }
}
