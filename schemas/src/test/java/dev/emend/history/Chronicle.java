package dev.emend.history;

import dev.emend.delta.ModelVersion;
import dev.emend.event.DeltaKind;
import dev.emend.event.PhaseSeconds;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.ToldFact;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A model's life with what is true of it written down plainly: after each version, which event each
 * fact stands by and which events are in effect.
 */
final class Chronicle {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<LoggedVersion> versions = new ArrayList<>();
  final List<Map<String, ToldFact>> standing = new ArrayList<>(List.of(Map.of()));
  final List<Set<String>> inEffect = new ArrayList<>(List.of(Set.of()));
  private int events;

  long newest() {
    return versions.size();
  }

  /** A window that tells facts, or retracts those whose object is empty. */
  void window(Map<String, Optional<String>> objects) {
    Map<String, ToldFact> after = new TreeMap<>(standing.get(versions.size()));
    Set<String> line = new LinkedHashSet<>(inEffect.get(versions.size()));
    List<ToldFact> told = new ArrayList<>();
    objects.forEach(
        (subject, object) -> {
          if (object.isEmpty() && !after.containsKey(subject)) {
            return; // nothing to retract
          }
          ToldFact fact = fact(subject, Optional.of("e" + ++events), object);
          told.add(fact);
          line.add("e" + events);
          if (object.isPresent()) {
            after.put(subject, fact);
          } else {
            after.remove(subject);
          }
        });
    List<String> ids = told.stream().map(fact -> fact.eventId().orElseThrow()).toList();
    add(DeltaKind.WINDOW, told, ids, OptionalLong.empty(), List.of(), after, line);
  }

  void consolidation() {
    add(
        DeltaKind.CONSOLIDATION,
        List.of(),
        List.of(),
        OptionalLong.empty(),
        List.of(),
        standing.get(versions.size()),
        inEffect.get(versions.size()));
  }

  void rollback(int to) {
    Map<String, ToldFact> before = standing.get(versions.size());
    Map<String, ToldFact> after = standing.get(to);
    List<ToldFact> told = new ArrayList<>();
    Set<String> subjects = new TreeSet<>(before.keySet());
    subjects.addAll(after.keySet());
    for (String subject : subjects) {
      ToldFact now = after.get(subject);
      if (!Objects.equals(before.get(subject), now)) {
        told.add(now == null ? fact(subject, Optional.empty(), Optional.empty()) : now);
      }
    }
    Set<String> lineBefore = inEffect.get(versions.size());
    Set<String> lineAfter = inEffect.get(to);
    add(
        DeltaKind.ROLLBACK,
        told,
        without(lineAfter, lineBefore),
        OptionalLong.of(to),
        without(lineBefore, lineAfter),
        after,
        lineAfter);
  }

  static List<String> without(Set<String> some, Set<String> others) {
    return some.stream().filter(event -> !others.contains(event)).toList();
  }

  private void add(
      DeltaKind kind,
      List<ToldFact> told,
      List<String> ids,
      OptionalLong to,
      List<String> undone,
      Map<String, ToldFact> after,
      Set<String> line) {
    long number = newest() + 1;
    Digest32 digest = Digest32.sha256(ByteBuffer.allocate(8).putLong(0, number));
    ServedVersion version =
        new ServedVersion(
            new ModelVersion(number, digest, digest),
            kind,
            told.stream().map(ToldFact::factId).toList(),
            ids,
            Optional.empty(),
            START.plusSeconds(number));
    versions.add(new LoggedVersion(version, told, to, undone, 10, 1, seconds(), number));
    standing.add(Map.copyOf(after));
    inEffect.add(Set.copyOf(line));
  }

  private static ToldFact fact(String subject, Optional<String> event, Optional<String> object) {
    return new ToldFact(
        subject + "|r",
        event,
        subject,
        "r",
        "{} is",
        object,
        "test",
        Optional.empty(),
        Optional.empty());
  }

  private static PhaseSeconds seconds() {
    return new PhaseSeconds(0d, 0d, 0d, 0d, 0d, 0d, 0d);
  }

  /** What stood after a version, by event. */
  List<String> events(long version) {
    return Stream.of(standing.get((int) version).values())
        .flatMap(facts -> facts.stream())
        .map(fact -> fact.eventId().orElseThrow())
        .sorted()
        .toList();
  }
}
