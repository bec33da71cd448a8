package dev.emend.worker;

import dev.emend.event.EditBatch;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.Topics;
import java.util.Optional;

/**
 * Reads windows and orders out of records, each from its own topic: who may write one of them has
 * no right to the other. Belongs to the polling thread.
 */
final class WindowReader {
  private final RecordCodec codec;
  private final String orders;
  private String problem = "";

  WindowReader(RecordCodec codec, Topics topics) {
    this.codec = codec;
    this.orders = topics.orders();
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
      if (!batch.getModel().equals(record.key())) {
        return unreadable(
            "the window is for " + batch.getModel() + " but its key is " + record.key());
      }
      boolean isOrder = batch.getOrder() != null;
      return isOrder == record.topic().equals(orders)
          ? Optional.of(batch)
          : unreadable((isOrder ? "orders come by " : "only orders come by ") + orders);
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
