package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.size.ByteSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WaitingRoomProperties {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int FACTS = 6;

  /** Facts 0..5 are plain, 6..11 belong to three sets of two. */
  @Property(tries = 300)
  void shouldHandOverEveryFactOnceWithItsSetAndWithinTheLimit(
      @ForAll @Size(max = 40) List<@IntRange(max = 2 * FACTS - 1) Integer> arrivals,
      @ForAll @IntRange(min = 1, max = 5) int limit) {
    WaitingRoom room = new WaitingRoom();
    Map<String, Long> expected = new LinkedHashMap<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Waiting waiting = waiting(arrivals.get(i), i);
      room.add(waiting);
      expected.putIfAbsent(waiting.fact(), (long) i);
    }
    for (int set = 0; set < FACTS / 2; set++) {
      room.complete(new SetRef("s" + set, 2));
    }
    assertThat(room.ready()).isEqualTo(expected.size());

    List<Waiting> all = new ArrayList<>();
    while (room.ready() > 0) {
      List<Waiting> window = room.take(cap(limit));
      assertThat(window).isNotEmpty();
      assertThat(window.size()).isLessThanOrEqualTo(Math.max(limit, 2));
      assertSetsAreWhole(window, expected);
      all.addAll(window);
    }
    assertThat(all).extracting(Waiting::fact).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(w -> assertThat(w.arrival()).isEqualTo(expected.get(w.fact())));
    assertThat(all).hasSameSizeAs(expected.keySet());
    assertThat(room.held()).isZero();
    assertThat(room.hasUrgent()).isFalse();
    assertThat(room.hasChangeSet()).isFalse();
  }

  private static void assertSetsAreWhole(List<Waiting> window, Map<String, Long> expected) {
    Set<String> facts = new HashSet<>();
    window.forEach(waiting -> facts.add(waiting.fact()));
    for (Waiting waiting : window) {
      int number = Integer.parseInt(waiting.fact());
      if (number >= FACTS) {
        String partner = Integer.toString(number % 2 == 0 ? number + 1 : number - 1);
        assertThat(facts.contains(partner)).isEqualTo(expected.containsKey(partner));
      }
    }
  }

  private static Waiting waiting(int fact, int arrival) {
    SetRef set = fact < FACTS ? null : new SetRef("s" + (fact - FACTS) / 2, 2);
    return new Waiting(Integer.toString(fact), arrival, START, 10, 40, arrival % 7 == 3, set);
  }

  private static WindowCap cap(int facts) {
    return new WindowCap(facts, new ByteSize(1000));
  }
}
