package dev.emend.worker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A window that is edited and judged, and waits for its transaction. Made by the editing thread;
 * {@link #adopt} and {@link #close} belong to it too.
 */
final class PreparedWindow implements Prepared {
  private final List<Outgoing> records;
  private final WindowReport report;
  private final Standing standing;
  private final @Nullable Stage staged;

  /**
   * A window.
   *
   * @param standing what stands once the transaction is committed
   * @param staged what happens to the weights then; null if the weights do not change
   */
  PreparedWindow(
      List<Outgoing> records, WindowReport report, Standing standing, @Nullable Stage staged) {
    this.records = List.copyOf(records);
    this.report = Objects.requireNonNull(report, "report");
    this.standing = Objects.requireNonNull(standing, "standing");
    this.staged = staged;
  }

  @Override
  public List<Outgoing> records() {
    return records;
  }

  WindowReport report() {
    return report;
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public void adopt() {
    if (staged != null) {
      staged.commit();
    }
  }

  @Override
  public void close() {
    if (staged != null) {
      staged.close();
    }
  }
}
