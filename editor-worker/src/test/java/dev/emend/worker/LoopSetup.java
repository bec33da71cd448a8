package dev.emend.worker;

import dev.emend.canary.Gate;
import dev.emend.canary.GateLimits;
import dev.emend.delta.BlobStore;
import dev.emend.subscribe.SnapshotShelf;
import java.util.Optional;

/**
 * What a loop under test is given besides its model.
 *
 * @param gate of windows
 * @param soak of aliases
 * @param store where payloads go that do not fit into a version's record; empty for chunks
 * @param shelf snapshots to start from
 */
record LoopSetup(
    Gate gate, SoakSettings soak, Optional<BlobStore> store, Optional<SnapshotShelf> shelf) {
  /** Open gates, chunks, no snapshots. */
  static final LoopSetup OPEN =
      new LoopSetup(GateLimits.OPEN, SoakSettings.DEFAULT, Optional.empty(), Optional.empty());

  LoopSetup gate(Gate other) {
    return new LoopSetup(other, soak, store, shelf);
  }

  LoopSetup soak(SoakSettings other) {
    return new LoopSetup(gate, other, store, shelf);
  }

  LoopSetup store(BlobStore other) {
    return new LoopSetup(gate, soak, Optional.of(other), shelf);
  }

  LoopSetup shelf(SnapshotShelf other) {
    return new LoopSetup(gate, soak, store, Optional.of(other));
  }
}
