package dev.emend.schedule;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which waiting changes belong to which change set, and which sets may go. Not thread-safe. */
final class ChangeSets {
  private final Map<String, TreeMap<Long, Waiting>> members = new HashMap<>();
  private final Set<String> complete = new HashSet<>();

  void add(SetRef set, Waiting member) {
    members.computeIfAbsent(set.id(), id -> new TreeMap<>()).put(member.arrival(), member);
  }

  void remove(SetRef set, Waiting member) {
    TreeMap<Long, Waiting> rest = members.get(set.id());
    if (rest == null) {
      return;
    }
    rest.remove(member.arrival());
    if (rest.isEmpty()) {
      members.remove(set.id());
      complete.remove(set.id());
    }
  }

  /** Lets the set go and returns the members that were held back; empty if none wait. */
  Collection<Waiting> complete(SetRef set) {
    List<Waiting> held = members(set);
    return !held.isEmpty() && complete.add(set.id()) ? held : List.of();
  }

  boolean isComplete(SetRef set) {
    return complete.contains(set.id());
  }

  /** The members that wait, in order of arrival. */
  List<Waiting> members(SetRef set) {
    TreeMap<Long, Waiting> all = members.get(set.id());
    return all == null ? List.of() : List.copyOf(all.values());
  }
}
