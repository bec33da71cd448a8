package dev.emend.timeline;

import dev.emend.event.FactChange;
import dev.emend.publish.BulkResult;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Where a replay puts its events; {@code publisher::publishAll}. */
@FunctionalInterface
public interface FactSink {
  /**
   * Sends changes in order; completes, never exceptionally, when each is acknowledged or failed.
   */
  CompletableFuture<BulkResult> publishAll(Collection<FactChange> changes);
}
