package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.CloseReason;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupCommitPolicyTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration LINGER = Duration.ofMillis(250);
  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final WindowCap CAP = new WindowCap(4, new ByteSize(100));
  private static final WorkerState BUSY = new WorkerState(1);
  private static final WorkerState AHEAD = new WorkerState(2);

  private final WindowPolicy policy = new GroupCommitPolicy(CAP, LINGER, STALENESS);
  private final WaitingRoom room = new WaitingRoom();

  @Test
  void shouldLeaveTheWindowOpenWhileNothingWaits() {
    assertThat(policy.decide(room, WorkerState.IDLE, START)).isEqualTo(Decision.WAIT);
  }

  @Test
  void shouldGiveAnIdleWorkerWhatHasWaitedAMomentForCompany() {
    addFacts(1);
    Instant due = START.plus(LINGER);
    assertThat(policy.decide(room, WorkerState.IDLE, due.minusMillis(1))).isEqualTo(Decision.WAIT);
    assertThat(reason(WorkerState.IDLE, due)).isEqualTo(CloseReason.WORKER_IDLE);
  }

  @Test
  void shouldGrowTheWindowWhileTheWorkerIsBusy() {
    addFacts(3);
    assertThat(policy.decide(room, BUSY, START.plusSeconds(4))).isEqualTo(Decision.WAIT);
  }

  @Test
  void shouldSendOneFullWindowAheadToABusyWorkerButNotTwo() {
    addFacts(4);
    assertThat(reason(BUSY, START)).isEqualTo(CloseReason.FULL);
    assertThat(policy.decide(room, AHEAD, START)).isEqualTo(Decision.WAIT);
  }

  @Test
  void shouldCountBytesAsWellAsFacts() {
    room.add(new Waiting("large", 1, START, 100, 40, false, null));
    assertThat(reason(BUSY, START)).isEqualTo(CloseReason.FULL);
  }

  @Test
  void shouldSendALateWindowAheadToABusyWorkerButNotTwo() {
    addFacts(1);
    Instant due = START.plus(STALENESS);
    assertThat(policy.decide(room, BUSY, due.minusMillis(1))).isEqualTo(Decision.WAIT);
    assertThat(reason(BUSY, due)).isEqualTo(CloseReason.DEADLINE);
    assertThat(policy.decide(room, AHEAD, due)).isEqualTo(Decision.WAIT);
  }

  @Test
  void shouldCloseForAnUrgentFactWhateverTheWorkerDoes() {
    addFacts(1);
    room.add(new Waiting("urgent", 9, START, 10, 40, true, null));
    assertThat(reason(new WorkerState(7), START)).isEqualTo(CloseReason.URGENT);
  }

  @Test
  void shouldCloseForACompleteChangeSetOnly() {
    SetRef set = new SetRef("s", 2);
    room.add(new Waiting("a", 1, START, 10, 40, false, set));
    room.add(new Waiting("b", 2, START, 10, 40, false, set));
    assertThat(policy.decide(room, WorkerState.IDLE, START)).isEqualTo(Decision.WAIT);
    room.complete(set);
    assertThat(reason(BUSY, START)).isEqualTo(CloseReason.CHANGE_SET);
  }

  @Test
  void shouldDrainWhateverTheWorkerDoes() {
    DrainPolicy drain = new DrainPolicy(CAP);
    assertThat(drain.decide(room, AHEAD, START)).isEqualTo(Decision.WAIT);
    addFacts(1);
    assertThat(drain.decide(room, AHEAD, START))
        .isEqualTo(new Decision.Close(CloseReason.DRAIN, CAP, Prediction.NONE));
  }

  @Test
  void shouldRefuseAWindowWithoutRoom() {
    assertThatThrownBy(() -> new WindowCap(0, new ByteSize(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WindowCap(1, new ByteSize(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GroupCommitPolicy(CAP, Duration.ofHours(1), STALENESS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkerState(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private void addFacts(int count) {
    for (int i = 0; i < count; i++) {
      room.add(new Waiting("fact" + i, i, START.plusSeconds(i), 10, 40, false, null));
    }
  }

  private CloseReason reason(WorkerState worker, Instant now) {
    Decision decision = policy.decide(room, worker, now);
    assertThat(decision).isInstanceOf(Decision.Close.class);
    return ((Decision.Close) decision).reason();
  }
}
