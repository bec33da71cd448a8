package dev.emend.worker;

import dev.emend.delta.ModelState;
import dev.emend.event.WeightLayout;
import dev.emend.ledger.FactLedger;
import dev.emend.subscribe.LoggedVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An earlier version as the log tells it.
 *
 * @param state its weights, rebuilt
 * @param ledger its facts with their keys and values
 * @param consolidated newest version that a consolidation made, in these weights
 * @param versions all versions that the log holds, ascending
 * @param layouts how the tensors are laid out that versions changed
 */
record PastVersion(
    ModelState state,
    FactLedger ledger,
    long consolidated,
    List<LoggedVersion> versions,
    Map<String, WeightLayout> layouts) {
  PastVersion {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(ledger, "ledger");
    versions = List.copyOf(versions);
    layouts = Map.copyOf(layouts);
  }

  long version() {
    return state.version().version();
  }

  /** The versions after this one. */
  List<LoggedVersion> since() {
    return versions.stream().filter(logged -> logged.number() > version()).toList();
  }
}
