package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.fault.RejectReason;
import dev.emend.publish.Rejection;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.StandingFact;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Lets through what changes the fact as it stands, by the rules of {@link Settlement}. */
final class SettleStage implements Stage<String, Step> {
  private final Out out;
  private final KeyValueStore<String, StandingFact> facts;
  private final HandoverForm form;
  private final StreamMeters meters;

  SettleStage(ProcessorContext<String, Step> context, StreamSerdes serdes, StreamMeters meters) {
    this.out = new Out(context);
    this.facts = context.getStateStore(StreamNames.STANDING_FACTS);
    this.form = new HandoverForm(serdes);
    this.meters = meters;
  }

  @Override
  public void process(Record<String, Step> record) {
    Step step = record.value();
    if (step instanceof Step.Stated stated) {
      settle(record.key(), stated);
    } else if (step instanceof Step.Lapsed lapsed) {
      lapse(record.key(), lapsed);
    } else if (step instanceof Step.Undone undone) {
      undo(record.key(), undone.refusal());
    } else {
      out.send(record.key(), step);
    }
  }

  private void settle(String key, Step.Stated stated) {
    FactChange change = stated.change();
    Verdict verdict = Settlement.judge(facts.get(key), change, out.now());
    Outcome.Subject event = Outcome.Subject.of(change, stated.source());
    if (verdict instanceof Verdict.Accepted accepted) {
      facts.put(key, accepted.next());
      meters.accepted(Duration.between(stated.source().publishedAt(), out.now()));
      handOver(form.accepted(key, stated, accepted.replaced(), out.now()));
      return;
    }
    if (verdict instanceof Verdict.Superseded superseded) {
      out.decide(event.supersededBy(superseded.by(), "a later change was already known"));
    } else if (verdict instanceof Verdict.NoOp noOp) {
      facts.put(key, noOp.next());
      out.decide(event.noOp(noOp.detail()));
    } else if (verdict instanceof Verdict.NothingToRetract nothing) {
      facts.put(key, nothing.next());
      refuse(stated, event);
      return; // a change set waits for this member in vain: all or nothing
    } else {
      out.decide(event.noOp("over: it held only until " + change.getValidTo()));
    }
    form.absent(key, change, out.now()).ifPresent(this::handOver);
  }

  private void refuse(Step.Stated stated, Outcome.Subject event) {
    Rejection why = new Rejection(RejectReason.NOTHING_TO_RETRACT, "nobody has asserted this fact");
    out.send("", new Step.Dead(stated.source(), why));
    out.decide(event.rejected(why));
  }

  private void lapse(String key, Step.Lapsed lapsed) {
    StandingFact standing = facts.get(key);
    Settlement.lapse(standing, lapsed.change().getEventId())
        .ifPresent(
            next -> {
              facts.put(key, next);
              handOver(form.lapsed(key, lapsed, standing.getObject(), out.now()));
            });
  }

  private void undo(String key, FactOutcome refusal) {
    Settlement.undo(facts.get(key), refusal.getEventId(), refusal.getReason())
        .ifPresent(correction -> facts.put(key, correction.fact()));
  }

  private void handOver(Handover handover) {
    out.send(handover.getModel(), new Step.Handed(handover));
  }
}
