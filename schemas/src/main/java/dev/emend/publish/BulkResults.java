package dev.emend.publish;

import dev.emend.event.FactChange;
import dev.emend.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gathers single results into a {@link BulkResult}. */
final class BulkResults {
  private BulkResults() {}

  /** One result: a published change, or the fault. */
  record One(String eventId, Optional<Published> published, Optional<Fault> fault) {}

  static CompletableFuture<One> one(FactChange change, CompletableFuture<Published> result) {
    String eventId = change.getEventId();
    return result.handle((published, failure) -> one(eventId, published, failure));
  }

  private static One one(
      String eventId, @Nullable Published published, @Nullable Throwable failure) {
    return new One(
        eventId,
        Optional.ofNullable(published),
        Optional.ofNullable(failure).map(FactPublisher::unwrap));
  }

  static BulkResult sum(List<CompletableFuture<One>> complete) {
    List<Published> published = new ArrayList<>();
    Map<String, Fault> failed = new LinkedHashMap<>();
    for (CompletableFuture<One> future : complete) {
      One one = future.join();
      one.published().ifPresent(published::add);
      one.fault().ifPresent(fault -> failed.put(one.eventId(), fault));
    }
    return new BulkResult(published, failed);
  }
}
