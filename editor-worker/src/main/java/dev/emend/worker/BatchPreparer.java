package dev.emend.worker;

import dev.emend.event.EditBatch;
import dev.emend.fault.RejectReason;
import java.time.InstantSource;

/**
 * Prepares whatever comes among the windows: windows and orders. Confined to the editing thread.
 */
final class BatchPreparer {
  private final WindowPreparer windows;
  private final Orders orders;
  private final InstantSource clock;

  BatchPreparer(WindowPreparer windows, Orders orders, InstantSource clock) {
    this.windows = windows;
    this.orders = orders;
    this.clock = clock;
  }

  /** Prepares a batch on top of {@code standing}. If it throws, the weights are as before. */
  PreparedWindow prepare(EditBatch batch, Standing standing) {
    boolean done = standing.versionOf(batch.getBatchId()).isPresent();
    return batch.getOrder() == null || done
        ? windows.prepare(batch, standing)
        : orders.carryOut(new WindowNotes(batch, standing, clock));
  }

  /** Refuses everything in a batch that could not be prepared. */
  PreparedWindow refuse(EditBatch batch, Standing standing, RejectReason reason, String detail) {
    return batch.getOrder() == null
        ? windows.refuse(batch, standing, reason, detail)
        : orders.refuse(new WindowNotes(batch, standing, clock), detail);
  }
}
