package dev.emend.itests.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.ModelDelta;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.chaos.check.Finding.Kind;
import dev.emend.topic.FactKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The checker sees every kind of fault in a log that was spoilt by hand, and none in a good one.
 */
class CheckerTest {
  private final HandMadeLog log = new HandMadeLog();

  private List<Kind> kinds() {
    return Checker.check(log.log()).stream().map(Finding::kind).distinct().toList();
  }

  @Test
  void shouldFindNothingWrongWithAGoodLog() {
    assertThat(Checker.check(log.log())).isEmpty();
  }

  @Test
  void shouldMissAnAcknowledgedEventThatIsNotInTheLog() {
    log.said.add("e99");
    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void shouldMissAnOutcome() {
    log.outcomes.remove(1);
    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void shouldMissTheOutcomeOfARepetition() {
    log.outcomes.remove(log.outcomes.size() - 1);
    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void shouldSeeAnOutcomeTwice() {
    log.outcomes.add(log.outcomes.get(0));
    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void shouldSeeAnEventInTwoVersions() {
    log.deltas.add(log.delta(4, "e1"));
    assertThat(kinds()).contains(Kind.DOUBLED);
  }

  @Test
  void shouldSeeAnOutcomeThatTheEventCannotHave() {
    log.outcomes.set(1, HandMadeLog.outcome(HandMadeLog.change(2), OutcomeCode.SUPERSEDED, null));
    assertThat(kinds()).contains(Kind.WRONG_OUTCOME);
  }

  @Test
  void shouldSeeAnOutcomeOfAnEventThatNobodyPublished() {
    log.outcomes.add(HandMadeLog.outcome(HandMadeLog.change(42), OutcomeCode.NO_OP, null));
    assertThat(kinds()).containsExactly(Kind.WRONG_OUTCOME);
  }

  @Test
  void shouldSeeAVersionThatHoldsAnEventWhoseOutcomeNamesAnother() {
    log.outcomes.set(2, HandMadeLog.outcome(HandMadeLog.change(3), OutcomeCode.APPLIED, 2L));
    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void shouldSeeAGap() {
    log.deltas.remove(1);
    assertThat(kinds()).contains(Kind.GAP);
  }

  @Test
  void shouldSeeAFork() {
    log.deltas.add(2, log.deltas.get(1));
    assertThat(kinds()).contains(Kind.FORK);
  }

  @Test
  void shouldSeeAVersionThatFollowsAnother() {
    ModelDelta other = new HandMadeLog().delta(4, "e4");
    log.deltas.set(
        1,
        ModelDelta.newBuilder(log.deltas.get(1)).setParentDigest(other.getParentDigest()).build());
    assertThat(kinds()).containsExactly(Kind.WRONG_DIGEST);
  }

  @Test
  void shouldSeeAChainHashThatDoesNotContinueTheChain() {
    ModelDelta last = log.deltas.get(2);
    log.deltas.set(
        2, ModelDelta.newBuilder(last).setChainHash(log.deltas.get(1).getChainHash()).build());
    assertThat(kinds()).containsExactly(Kind.WRONG_DIGEST);
  }

  @Test
  void shouldSeeFactsThatStandThoughNobodySaidSoAndThoseThatDoNot() {
    String key = FactKey.of(HandMadeLog.change(1)).text();
    log.ledger.put(key, HandMadeLog.entry(HandMadeLog.change(2), 2));
    assertThat(kinds()).containsExactly(Kind.WRONG_FACTS);
    log.ledger.remove(key);
    assertThat(kinds()).containsExactly(Kind.WRONG_FACTS);
  }

  @Test
  void shouldSeeCopiesThatDiffer() {
    log.copies.add(HandMadeLog.copy("replay", (byte) 8));
    assertThat(kinds()).containsExactly(Kind.WRONG_BYTES);
  }

  @Test
  void shouldForgetOnlyEventsBehindWhichTheWorkerHasGoneOn() {
    assertThat(Forgotten.in(log.log())).isEmpty();
    log.outcomes.removeIf(outcome -> outcome.getEventId().equals("e3"));
    assertThat(Forgotten.in(log.log())).as("may still be told").isEmpty();
    log.outcomes.removeIf(outcome -> outcome.getEventId().equals("e2"));
    assertThat(Forgotten.in(log.log())).hasSize(1);
    assertThat(Checker.check(log.log())).containsAll(Forgotten.in(log.log()));
  }
}
