package dev.emend.worker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A window that is edited and judged, and waits for its transaction. Made by the editing thread;
 * {@link #adopt} and {@link #close} belong to it too.
 */
final class PreparedWindow implements AutoCloseable {
  private final List<Outgoing> records;
  private final WindowReport report;
  private final Standing standing;
  private final @Nullable StagedEdit staged;

  /**
   * A window.
   *
   * @param standing what stands once the transaction is committed
   * @param staged edit to be kept then; null if the weights do not change
   */
  PreparedWindow(
      List<Outgoing> records, WindowReport report, Standing standing, @Nullable StagedEdit staged) {
    this.records = List.copyOf(records);
    this.report = Objects.requireNonNull(report, "report");
    this.standing = Objects.requireNonNull(standing, "standing");
    this.staged = staged;
  }

  /** What the transaction is to hold besides the offsets. */
  List<Outgoing> records() {
    return records;
  }

  WindowReport report() {
    return report;
  }

  /** What stands after the transaction. */
  Standing standing() {
    return standing;
  }

  /** After the commit: the staged weights become the live ones. */
  void adopt() {
    if (staged != null) {
      staged.commit();
    }
  }

  /** Without a commit: the weights are restored. */
  @Override
  public void close() {
    if (staged != null) {
      staged.close();
    }
  }
}
