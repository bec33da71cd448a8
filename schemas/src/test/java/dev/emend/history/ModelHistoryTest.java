package dev.emend.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.subscribe.LoggedVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ModelHistoryTest {

  /** Windows, retractions, consolidations and rollbacks, also of rollbacks, in any order. */
  private static Chronicle chronicle(Random random) {
    Chronicle chronicle = new Chronicle();
    int steps = 1 + random.nextInt(25);
    for (int step = 0; step < steps; step++) {
      int dice = random.nextInt(10);
      if (dice < 3) {
        chronicle.rollback(random.nextInt((int) chronicle.newest() + 1));
      } else if (dice == 3) {
        chronicle.consolidation();
      } else {
        Map<String, Optional<String>> objects = new TreeMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          objects.put(
              "s" + random.nextInt(5),
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of("o" + random.nextInt(3)));
        }
        chronicle.window(objects);
      }
    }
    return chronicle;
  }

  private static List<String> events(List<Spell> spells) {
    return spells.stream().map(Spell::eventId).sorted().toList();
  }

  @Property(tries = 300)
  void shouldKnowWhatStoodInEveryVersion(@ForAll long seed) {
    Chronicle chronicle = chronicle(new Random(seed));
    ModelHistory history = ModelHistory.of(chronicle.versions);

    for (long version = 0; version <= chronicle.newest(); version++) {
      assertThat(events(history.at(version))).isEqualTo(chronicle.events(version));
    }
  }

  @Property(tries = 200)
  void shouldKnowItAlsoFromWhereTheLogWasCut(@ForAll long seed) {
    Random random = new Random(seed);
    Chronicle chronicle = chronicle(random);
    int cut = random.nextInt((int) chronicle.newest());
    ModelHistory whole = ModelHistory.of(chronicle.versions);
    List<LoggedVersion> rest = chronicle.versions.subList(cut, chronicle.versions.size());

    ModelHistory history =
        ModelHistory.of(
            whole.at(cut).stream()
                .map(spell -> new Spell(spell.fact(), spell.since(), Optional.empty()))
                .toList(),
            rest);

    assertThat(history.firstKnown()).isEqualTo(cut);
    for (long version = cut; version <= chronicle.newest(); version++) {
      assertThat(events(history.at(version))).isEqualTo(chronicle.events(version));
    }
    assertThatThrownBy(() -> history.at(cut - 1L)).isInstanceOf(Fault.class);
  }

  @Property(tries = 200)
  void shouldTellTwoVersionsApartByFactsAndByEvents(@ForAll long seed) {
    Random random = new Random(seed);
    Chronicle chronicle = chronicle(random);
    int newest = (int) chronicle.newest();
    int from = random.nextInt(newest + 1);
    int to = random.nextInt(newest + 1);

    FactDifference facts = ModelHistory.of(chronicle.versions).between(from, to);

    Map<String, String> before = new TreeMap<>();
    chronicle.standing.get(from).forEach((s, f) -> before.put(s, f.eventId().orElseThrow()));
    facts.out().forEach(spell -> assertThat(before.remove(subject(spell))).isNotNull());
    facts.in().forEach(spell -> assertThat(before.put(subject(spell), spell.eventId())).isNull());
    facts
        .changed()
        .forEach(
            change ->
                assertThat(before.put(subject(change.after()), change.after().eventId()))
                    .isEqualTo(change.before().eventId())
                    .isNotEqualTo(change.after().eventId()));
    assertThat(before.values()).containsExactlyInAnyOrderElementsOf(chronicle.events(to));
  }

  @Property(tries = 300)
  void shouldKnowWhatARollbackUndoesAndBringsBack(@ForAll long seed) {
    Random random = new Random(seed);
    Chronicle chronicle = chronicle(random);
    int newest = (int) chronicle.newest();
    int to = random.nextInt(newest + 1);

    EventDifference found = EventDifference.undoing(chronicle.versions.subList(to, newest));

    assertThat(found.undone())
        .containsExactlyInAnyOrderElementsOf(
            Chronicle.without(chronicle.inEffect.get(newest), chronicle.inEffect.get(to)));
    assertThat(found.redone())
        .containsExactlyInAnyOrderElementsOf(
            Chronicle.without(chronicle.inEffect.get(to), chronicle.inEffect.get(newest)));
  }

  private static String subject(Spell spell) {
    return spell.fact().subject();
  }

  @Test
  void shouldFindTheVersionOfATime() {
    Chronicle chronicle = new Chronicle();
    chronicle.window(Map.of("Ann", Optional.of("a")));
    chronicle.window(Map.of("Ann", Optional.of("b")));
    ModelHistory history = ModelHistory.of(chronicle.versions);

    assertThat(history.versionAt(Chronicle.START)).isZero();
    assertThat(history.versionAt(Chronicle.START.plusMillis(1_999))).isEqualTo(1);
    assertThat(history.versionAt(Chronicle.START.plusSeconds(99))).isEqualTo(2);
  }

  @Test
  void shouldRefuseALogWithAGapAndAVersionThatIsNotThere() {
    Chronicle chronicle = new Chronicle();
    for (int i = 0; i < 3; i++) {
      chronicle.consolidation();
    }
    List<LoggedVersion> gap = List.of(chronicle.versions.get(0), chronicle.versions.get(2));

    assertThatThrownBy(() -> ModelHistory.of(gap))
        .hasMessageContaining("version 3 after version 1");
    assertThatThrownBy(() -> ModelHistory.of(chronicle.versions).at(4))
        .hasMessage("there is no version 4; the log knows versions 0 to 3");
  }

  @Test
  void shouldNameTheFactThatAnEventSetOrSayWhyItStandsNoLonger() {
    Chronicle chronicle = new Chronicle();
    chronicle.window(Map.of("Ann", Optional.of("a"))); // e1
    chronicle.window(Map.of("Bob", Optional.of("b"))); // e2
    chronicle.window(Map.of("Ann", Optional.of("c"))); // e3
    chronicle.rollback(1);

    assertThat(Retraction.of(ModelHistory.of(chronicle.versions), "e1"))
        .satisfies(spell -> assertThat(spell.object()).isEqualTo("a"))
        .satisfies(spell -> assertThat(spell.since()).isEqualTo(4));
    chronicle.window(Map.of("Ann", Optional.empty())); // e4
    ModelHistory history = ModelHistory.of(chronicle.versions);
    assertThatThrownBy(() -> Retraction.of(history, "e1"))
        .hasMessageContaining("version 5 replaced or retracted it by event 'e4'");
    assertThatThrownBy(() -> Retraction.of(history, "e2"))
        .hasMessageContaining("version 4 rolled it back");
    assertThatThrownBy(() -> Retraction.of(history, "e9"))
        .hasMessageContaining("no version up to 5 was told anything by event 'e9'");
  }
}
