package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.CloseReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupCommitPolicyTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final WorkerState BUSY = new WorkerState(1);
  private static final WorkerState AHEAD = new WorkerState(2);

  private final WindowPolicy policy = new GroupCommitPolicy(4, STALENESS);
  private final WaitingRoom room = new WaitingRoom();

  @Test
  void shouldLeaveTheWindowOpenWhileNothingWaits() {
    assertThat(policy.decide(room, WorkerState.IDLE, START)).isEqualTo(Decision.WAIT);
  }

  @Test
  void shouldCloseAtOnceWhenTheWorkerIsIdle() {
    addFacts(1);
    assertThat(reason(WorkerState.IDLE, START)).isEqualTo(CloseReason.WORKER_IDLE);
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
    room.add(new Waiting("urgent", 9, START, true, null));
    assertThat(reason(new WorkerState(7), START)).isEqualTo(CloseReason.URGENT);
  }

  @Test
  void shouldCloseForACompleteChangeSetOnly() {
    SetRef set = new SetRef("s", 2);
    room.add(new Waiting("a", 1, START, false, set));
    room.add(new Waiting("b", 2, START, false, set));
    assertThat(policy.decide(room, WorkerState.IDLE, START)).isEqualTo(Decision.WAIT);
    room.complete(set);
    assertThat(reason(BUSY, START)).isEqualTo(CloseReason.CHANGE_SET);
  }

  @Test
  void shouldDrainWhateverTheWorkerDoes() {
    DrainPolicy drain = new DrainPolicy(4);
    assertThat(drain.decide(room, AHEAD, START)).isEqualTo(Decision.WAIT);
    addFacts(1);
    assertThat(drain.decide(room, AHEAD, START))
        .isEqualTo(new Decision.Close(CloseReason.DRAIN, 4, Prediction.NONE));
  }

  @Test
  void shouldRefuseAWindowWithoutRoom() {
    assertThatThrownBy(() -> new GroupCommitPolicy(0, STALENESS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DrainPolicy(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkerState(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private void addFacts(int count) {
    for (int i = 0; i < count; i++) {
      room.add(new Waiting("fact" + i, i, START.plusSeconds(i), false, null));
    }
  }

  private CloseReason reason(WorkerState worker, Instant now) {
    Decision decision = policy.decide(room, worker, now);
    assertThat(decision).isInstanceOf(Decision.Close.class);
    return ((Decision.Close) decision).reason();
  }
}
