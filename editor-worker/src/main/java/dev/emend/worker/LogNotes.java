package dev.emend.worker;

import dev.emend.canary.GateState;
import dev.emend.event.CanaryScores;
import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import java.util.HashMap;
import java.util.Map;

/** What the deltas of a model say besides weights, gathered in their order. Not thread-safe. */
final class LogNotes {
  private final Map<String, Long> windows = new HashMap<>();
  private final Map<Long, Long> consolidatedAt = new HashMap<>();
  private GateState gate = GateState.CALM;
  private long newest;

  /**
   * Nothing gathered yet.
   *
   * @param start the version that the log is read on top of
   */
  LogNotes(long start) {
    this.newest = start;
    consolidatedAt.put(start, start);
  }

  void add(ModelDelta delta) {
    newest = delta.getVersion();
    consolidatedAt.put(newest, consolidated(delta));
    if (delta.getBatchId() != null) {
      windows.put(delta.getBatchId(), newest);
    }
    gate = gate(delta, gate);
  }

  /** A version that nobody judged teaches nothing; how long a run was is not remembered. */
  private static GateState gate(ModelDelta delta, GateState before) {
    CanaryScores scores = delta.getCanary();
    if (scores == null || delta.getKind() != DeltaKind.WINDOW) {
      return before;
    }
    return scores.getWary() ? GateState.WARY : GateState.CALM;
  }

  private long consolidated(ModelDelta delta) {
    if (delta.getKind() == DeltaKind.CONSOLIDATION) {
      return delta.getVersion();
    }
    Long back = delta.getRolledBackTo();
    return consolidatedAt(back == null ? delta.getVersion() - 1 : back);
  }

  /** Version of each window and order, by its id. */
  Map<String, Long> windows() {
    return windows;
  }

  /** What the last windows have taught the gate. */
  GateState gate() {
    return gate;
  }

  /** The newest version that a consolidation made, in the weights of {@code version}. */
  long consolidatedAt(long version) {
    return consolidatedAt.getOrDefault(version, 0L);
  }

  /** Likewise in those of the newest version. */
  long consolidated() {
    return consolidatedAt(newest);
  }
}
