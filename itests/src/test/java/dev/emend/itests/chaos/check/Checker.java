package dev.emend.itests.chaos.check;

import dev.emend.event.FactChange;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.itests.chaos.check.Finding.Kind;
import dev.emend.itests.chaos.load.FactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks for everything that must not be in what a run left behind. */
public final class Checker {
  private Checker() {}

  /** All that is wrong; empty if nothing is. */
  public static List<Finding> check(RunLog log) {
    List<FactChange> sound =
        log.facts().stream()
            .filter(RunLog.Published::sound)
            .map(RunLog.Published::change)
            .flatMap(Optional::stream)
            .toList();
    FactOracle oracle = new FactOracle(sound, log.readAt());
    List<Finding> findings = new ArrayList<>(OutcomeCheck.of(log, oracle));
    findings.addAll(ChainCheck.of(log));
    findings.addAll(facts(log, oracle.standing()));
    findings.addAll(copies(log));
    return findings;
  }

  private static List<Finding> facts(RunLog log, Map<String, String> wanted) {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, LedgerEntry> entry : log.ledger().entrySet()) {
      found.put(entry.getKey(), entry.getValue().getObject());
    }
    TreeSet<String> keys = new TreeSet<>(wanted.keySet());
    keys.addAll(found.keySet());
    List<Finding> findings = new ArrayList<>();
    for (String key : keys) {
      if (!Optional.ofNullable(wanted.get(key)).equals(Optional.ofNullable(found.get(key)))) {
        findings.add(
            new Finding(
                Kind.WRONG_FACTS,
                "%s is %s in the ledger, but %s was said"
                    .formatted(key, found.get(key), wanted.get(key))));
      }
    }
    return findings;
  }

  private static List<Finding> copies(RunLog log) {
    List<Finding> findings = new ArrayList<>();
    Map<String, RunLog.Copy> first = new TreeMap<>();
    for (RunLog.Copy copy : log.copies()) {
      RunLog.Copy other = first.putIfAbsent(copy.model(), copy);
      long last =
          log.deltas().getOrDefault(copy.model(), List.of()).stream()
              .mapToLong(ModelDelta::getVersion)
              .max()
              .orElse(0);
      if (copy.version() != last) {
        findings.add(
            new Finding(
                Kind.LOST,
                "%s has version %d of %s, not %d"
                    .formatted(copy.holder(), copy.version(), copy.model(), last)));
      }
      if (other != null && !other.tensors().equals(copy.tensors())) {
        findings.add(
            new Finding(
                Kind.WRONG_BYTES,
                "%s and %s hold other bytes of %s"
                    .formatted(other.holder(), copy.holder(), copy.model())));
      }
    }
    return findings;
  }
}
