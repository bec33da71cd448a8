package dev.emend.subscribe;

import dev.emend.delta.ModelState;

/** Adds a snapshot to a shelf whenever enough versions or bytes have come since the last. */
final class SnapshotKeeper implements VersionListener {
  private final SnapshotShelf shelf;
  private final SnapshotRule rule;
  private final Serving serving;
  private long lastVersion;
  private long lastBytes;

  SnapshotKeeper(SnapshotShelf shelf, SnapshotRule rule, Serving serving) {
    this.shelf = shelf;
    this.rule = rule;
    this.serving = serving;
    this.lastVersion = serving.current().version();
    this.lastBytes = serving.current().payloadBytes();
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    Served served = serving.current();
    long versions = served.version() - lastVersion;
    long bytes = served.payloadBytes() - lastBytes;
    if (versions >= rule.versions() || bytes >= rule.bytes().bytes()) {
      shelf.add(served);
      shelf.keepNewest(rule.kept());
      lastVersion = served.version();
      lastBytes = served.payloadBytes();
    }
  }
}
