package dev.emend.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.emend.event.FactChange;
import dev.emend.topic.FactKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLoadTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void shouldRepeatAFifthAndOverwriteAFifth() {
    List<FactChange> changes = EventLoad.of(50_000, 1).changes("m", NOW);
    assertThat(changes).hasSize(50_000);
    Set<String> events = new HashSet<>();
    Set<FactKey> facts = new HashSet<>();
    for (FactChange change : changes) {
      events.add(change.getEventId());
      facts.add(FactKey.of(change));
    }
    assertThat(events.size()).isCloseTo(40_000, withinPercentage(2));
    assertThat(facts.size()).isCloseTo(30_000, withinPercentage(2));
  }

  @Test
  void shouldBeTheSameForTheSameSeedAndOutOfOrder() {
    EventLoad load = EventLoad.of(2_000, 7);
    List<FactChange> changes = load.changes("m", NOW);
    assertThat(load.changes("m", NOW)).isEqualTo(changes);
    assertThat(EventLoad.of(2_000, 8).changes("m", NOW)).isNotEqualTo(changes);
    assertThat(changes.stream().map(FactChange::getValidFrom).toList())
        .isNotEqualTo(changes.stream().map(FactChange::getValidFrom).sorted().toList());
  }

  @Test
  void shouldRefuseALoadOfNothingButRepetitions() {
    assertThatThrownBy(() -> new EventLoad(1_000, 0.5, 0.5, 100, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
