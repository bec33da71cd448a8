package dev.emend.history;

import dev.emend.event.DeltaKind;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ToldFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which facts stood in which versions of one model. Immutable.
 *
 * <p>Each version says which facts it changed and what they say from then on, also a rollback and
 * whatever kind comes later, so that the history is a fold over the versions in their order.
 */
public final class ModelHistory {
  private final List<LoggedVersion> versions;
  private final List<Spell> spells;

  private ModelHistory(List<LoggedVersion> versions, List<Spell> spells) {
    this.versions = List.copyOf(versions);
    this.spells = List.copyOf(spells);
  }

  /** The history of a model from its first version. */
  public static ModelHistory of(List<LoggedVersion> versions) {
    return of(List.of(), versions);
  }

  /**
   * The history from where the log begins.
   *
   * @param opening what stood in the version before the first one that the log holds
   * @param versions ascending, without gaps
   * @throws Fault VERSION_CHAIN if versions are missing between two
   */
  public static ModelHistory of(List<Spell> opening, List<LoggedVersion> versions) {
    Map<String, Spell> standing = new HashMap<>();
    opening.forEach(spell -> standing.put(spell.fact().factId(), spell));
    List<Spell> all = new ArrayList<>();
    long last = -1;
    for (LoggedVersion version : versions) {
      requireNext(last, version.number());
      last = version.number();
      for (ToldFact fact : version.told()) {
        Spell before = standing.remove(fact.factId());
        if (before != null) {
          all.add(before.endedBy(endIn(version, fact)));
        }
        if (fact.object().isPresent() && fact.eventId().isPresent()) {
          standing.put(fact.factId(), new Spell(fact, version.number(), Optional.empty()));
        }
      }
    }
    all.addAll(standing.values());
    all.sort(Comparator.comparingLong(Spell::since).thenComparing(spell -> spell.fact().factId()));
    return new ModelHistory(versions, all);
  }

  private static void requireNext(long last, long number) {
    if (last >= 0 && number != last + 1) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the log holds version %d after version %d".formatted(number, last));
    }
  }

  private static Spell.End endIn(LoggedVersion version, ToldFact fact) {
    boolean rollback = version.version().kind() == DeltaKind.ROLLBACK;
    return new Spell.End(version.number(), rollback, fact.eventId());
  }

  /** The newest version; 0 if there is none but the base model. */
  public long newest() {
    return versions.isEmpty() ? firstKnown() : versions.get(versions.size() - 1).number();
  }

  /** The earliest version of which it is known what stood. */
  public long firstKnown() {
    return versions.isEmpty() ? 0 : versions.get(0).number() - 1;
  }

  /** The versions, ascending. */
  public List<LoggedVersion> versions() {
    return versions;
  }

  /**
   * Refuses a version that is not known.
   *
   * @throws Fault USAGE
   */
  public void require(long version) {
    if (version < firstKnown() || version > newest()) {
      throw new Fault(
          FaultCode.USAGE,
          "there is no version %d; the log knows versions %d to %d"
              .formatted(version, firstKnown(), newest()));
    }
  }

  /** The newest version at a moment: what a reader that follows every version then had. */
  public long versionAt(Instant time) {
    return versions.stream()
        .filter(version -> !version.version().createdAt().isAfter(time))
        .mapToLong(LoggedVersion::number)
        .max()
        .orElse(firstKnown());
  }

  /** Everything that stood at some time, by version and then by fact. */
  public List<Spell> spells() {
    return spells;
  }

  /** What stands in a version. */
  public List<Spell> at(long version) {
    require(version);
    return spells.stream().filter(spell -> spell.holdsAt(version)).toList();
  }

  /** All spells of what an event said: more than one if a rollback brought it back. */
  public List<Spell> saidBy(String eventId) {
    return spells.stream().filter(spell -> spell.eventId().equals(eventId)).toList();
  }

  /** What distinguishes two versions. */
  public FactDifference between(long from, long to) {
    Map<String, Spell> before = byFact(at(from));
    Map<String, Spell> after = byFact(at(to));
    List<Spell> in = new ArrayList<>();
    List<Spell> out = new ArrayList<>();
    List<FactDifference.Change> changed = new ArrayList<>();
    Stream.concat(before.keySet().stream(), after.keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            fact -> {
              Spell old = before.get(fact);
              Spell now = after.get(fact);
              if (old == null) {
                in.add(Objects.requireNonNull(now, "a fact of one of the two"));
              } else if (now == null) {
                out.add(old);
              } else if (!old.eventId().equals(now.eventId())) {
                changed.add(new FactDifference.Change(old, now));
              }
            });
    return new FactDifference(in, out, changed);
  }

  private static Map<String, Spell> byFact(List<Spell> spells) {
    Map<String, Spell> byFact = new HashMap<>();
    spells.forEach(spell -> byFact.put(spell.fact().factId(), spell));
    return byFact;
  }
}
