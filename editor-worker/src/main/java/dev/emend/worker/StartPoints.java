package dev.emend.worker;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.subscribe.SnapshotShelf;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rebuilding a version can begin: the base model, or a snapshot of it. A snapshot that cannot
 * be used is passed over, since an earlier start leads to the same version. Confined to the editing
 * thread.
 */
final class StartPoints {
  private static final Logger log = LoggerFactory.getLogger(StartPoints.class);

  private final ModelState base;
  private final Optional<SnapshotShelf> shelf;

  StartPoints(ModelState base, Optional<SnapshotShelf> shelf) {
    this.base = base;
    this.shelf = shelf;
  }

  /** The latest. */
  ModelState newest() {
    return atMost(Long.MAX_VALUE);
  }

  /** The latest that is not behind a version; the base model if all are. */
  ModelState atMost(long version) {
    List<Long> versions =
        shelf.map(SnapshotShelf::versions).orElse(List.of()).stream()
            .filter(taken -> taken > base.version().version() && taken <= version)
            .sorted(Comparator.reverseOrder())
            .toList();
    for (long taken : versions) {
      try {
        ModelState state = shelf.orElseThrow().open(base.model(), taken);
        if (state.base().equals(base.base())) {
          return state;
        }
        log.warn("the snapshot of version {} has another base model", taken);
      } catch (Fault e) {
        log.warn("the snapshot of version {} is not usable: {}", taken, e.getMessage());
      }
    }
    return base;
  }
}
