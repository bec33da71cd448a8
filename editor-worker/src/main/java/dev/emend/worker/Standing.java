package dev.emend.worker;

import dev.emend.canary.GateState;
import dev.emend.delta.ModelState;
import dev.emend.ledger.FactLedger;
import dev.emend.version.Aliases;
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
 * @param aliases which versions {@code live} and {@code canary} point to
 * @param gate what the last windows have taught the gate
 */
record Standing(
    ModelState state,
    FactLedger ledger,
    Map<String, Long> windows,
    long consolidated,
    Aliases aliases,
    GateState gate) {
  Standing {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(ledger, "ledger");
    windows = Map.copyOf(windows);
    Objects.requireNonNull(aliases, "aliases");
    Objects.requireNonNull(gate, "gate");
  }

  /** The base model, in which no fact stands. */
  static Standing base(ModelState base) {
    return new Standing(
        base, FactLedger.empty(), Map.of(), 0, Aliases.at(base.version()), GateState.CALM);
  }

  /** The version that a window produced, if it is in the chain already. */
  Optional<Long> versionOf(String batchId) {
    return Optional.ofNullable(windows.get(batchId));
  }

  /** The next version. */
  Standing next(ModelState nextState, FactLedger nextLedger, String batchId, Aliases nextAliases) {
    Map<String, Long> next = new HashMap<>(windows);
    next.put(batchId, nextState.version().version());
    return new Standing(nextState, nextLedger, next, consolidated, nextAliases, gate);
  }

  /** The next version, made by a consolidation. */
  Standing consolidated(ModelState nextState, FactLedger nextLedger, Aliases nextAliases) {
    return new Standing(
        nextState, nextLedger, windows, nextState.version().version(), nextAliases, gate);
  }

  /** The next version, which is an earlier one again. */
  Standing rolledBack(
      ModelState nextState,
      FactLedger nextLedger,
      String orderId,
      long consolidatedThen,
      Aliases nextAliases) {
    Standing next = next(nextState, nextLedger, orderId, nextAliases);
    return new Standing(nextState, nextLedger, next.windows, consolidatedThen, nextAliases, gate);
  }

  /** The same version with aliases that point elsewhere. */
  Standing at(Aliases moved) {
    return new Standing(state, ledger, windows, consolidated, moved, gate);
  }

  /** The same version with a gate that has learned. */
  Standing at(GateState learned) {
    return new Standing(state, ledger, windows, consolidated, aliases, learned);
  }

  /** Versions since the last consolidation, or since the base model. */
  long sinceConsolidation() {
    return state.version().version() - consolidated;
  }
}
