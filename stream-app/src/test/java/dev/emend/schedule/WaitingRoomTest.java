package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.size.ByteSize;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final SetRef PAIR = new SetRef("pair", 2);

  private final WaitingRoom room = new WaitingRoom();

  @Test
  void shouldTakeFactsInOrderOfArrivalUpToTheLimit() {
    add("c", 3);
    add("a", 1);
    add("b", 2);
    assertThat(room.take(cap(2))).extracting(Waiting::fact).containsExactly("a", "b");
    assertThat(room.ready()).isEqualTo(1);
  }

  @Test
  void shouldTakeNoMoreBytesThanTheCapButAtLeastOneFact() {
    room.add(new Waiting("huge", 1, START, 2000, 40, false, null));
    room.add(new Waiting("a", 2, START, 600, 40, false, null));
    room.add(new Waiting("b", 3, START, 600, 40, false, null));
    assertThat(room.readyBytes()).isEqualTo(3200);
    assertThat(room.take(cap(5))).extracting(Waiting::fact).containsExactly("huge");
    assertThat(room.take(cap(5))).extracting(Waiting::fact).containsExactly("a");
    assertThat(room.readyBytes()).isEqualTo(600);
  }

  @Test
  void shouldTakeUrgentFactsFirst() {
    add("a", 1);
    add("b", 2);
    room.add(new Waiting("u", 3, START, 10, 40, true, null));
    assertThat(room.take(cap(2))).extracting(Waiting::fact).containsExactly("u", "a");
    assertThat(room.hasUrgent()).isFalse();
  }

  @Test
  void shouldGiveANewerChangeTheTurnAndAgeOfTheOlderOne() {
    add("a", 1);
    add("b", 2);
    Waiting newer = new Waiting("a", 7, START.plusSeconds(60), 10, 40, false, null);
    assertThat(room.add(newer)).contains(new Waiting("a", 1, START, 10, 40, false, null));
    assertThat(room.oldest()).contains(START);
    assertThat(room.take(cap(1))).containsExactly(new Waiting("a", 1, START, 10, 40, false, null));
    assertThat(room.ready()).isEqualTo(1);
  }

  @Test
  void shouldHoldMembersUntilTheirSetIsComplete() {
    member("a", 1);
    member("b", 2);
    add("c", 3);
    assertThat(room.ready()).isEqualTo(1);
    assertThat(room.held()).isEqualTo(2);
    assertThat(room.members(PAIR)).extracting(Waiting::fact).containsExactly("a", "b");
    room.complete(PAIR);
    assertThat(room.ready()).isEqualTo(3);
    assertThat(room.held()).isZero();
  }

  @Test
  void shouldTakeASetWholeOrNotAtAll() {
    add("c", 1);
    member("a", 2);
    member("b", 3);
    add("d", 4);
    room.complete(PAIR);
    assertThat(room.take(cap(2))).extracting(Waiting::fact).containsExactly("c");
    assertThat(room.take(cap(1))).extracting(Waiting::fact).containsExactly("a", "b");
    assertThat(room.take(cap(1))).extracting(Waiting::fact).containsExactly("d");
    assertThat(room.hasChangeSet()).isFalse();
  }

  @Test
  void shouldLetASetGoWithoutAMemberThatWasSuperseded() {
    member("a", 1);
    member("b", 2);
    add("a", 3);
    assertThat(room.ready()).isEqualTo(1);
    room.complete(PAIR);
    assertThat(room.take(cap(9))).extracting(Waiting::fact).containsExactly("a", "b");
  }

  @Test
  void shouldForgetWhatWasRemoved() {
    room.add(new Waiting("u", 1, START, 10, 40, true, null));
    assertThat(room.remove("u")).isPresent();
    assertThat(room.remove("u")).isEmpty();
    assertThat(room.find("u")).isEmpty();
    assertThat(room.hasUrgent()).isFalse();
    assertThat(room.oldest()).isEmpty();
  }

  private void add(String fact, long arrival) {
    room.add(new Waiting(fact, arrival, START, 10, 40, false, null));
  }

  private void member(String fact, long arrival) {
    room.add(new Waiting(fact, arrival, START, 10, 40, false, PAIR));
  }

  private static WindowCap cap(int facts) {
    return new WindowCap(facts, new ByteSize(1000));
  }
}
