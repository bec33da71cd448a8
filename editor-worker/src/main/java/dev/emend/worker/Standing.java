package dev.emend.worker;

import dev.emend.delta.ModelState;
import dev.emend.ledger.FactLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One committed version with everything that belongs to it. Immutable.
 *
 * @param state its weights
 * @param ledger its facts
 * @param windows version of each window in the chain, by batch id
 * @param consolidated newest version that a consolidation made; 0 if there is none
 */
record Standing(ModelState state, FactLedger ledger, Map<String, Long> windows, long consolidated) {
  Standing {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(ledger, "ledger");
    windows = Map.copyOf(windows);
  }

  /** The version that a window produced, if it is in the chain already. */
  Optional<Long> versionOf(String batchId) {
    return Optional.ofNullable(windows.get(batchId));
  }

  /** The next version. */
  Standing next(ModelState nextState, FactLedger nextLedger, String batchId) {
    Map<String, Long> next = new HashMap<>(windows);
    next.put(batchId, nextState.version().version());
    return new Standing(nextState, nextLedger, next, consolidated);
  }

  /** The next version, made by a consolidation. */
  Standing consolidated(ModelState nextState, FactLedger nextLedger) {
    return new Standing(nextState, nextLedger, windows, nextState.version().version());
  }

  /** Versions since the last consolidation, or since the base model. */
  long sinceConsolidation() {
    return state.version().version() - consolidated;
  }
}
