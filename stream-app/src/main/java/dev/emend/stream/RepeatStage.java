package dev.emend.stream;

import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears all outcomes, by event id. A duplicate is given the outcome of its original, as soon as it
 * has one; what takes back what {@link SettleStage} has let in is passed on to the fact. What is no
 * outcome is counted and passed over.
 */
final class RepeatStage implements Stage<String, Heard> {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatStage.class);

  private final Out out;
  private final Recollection<OriginalOutcome> known;
  private final RepeatRoom room;
  private final StreamSerdes serdes;
  private final StreamMeters meters;

  RepeatStage(
      ProcessorContext<String, Step> context,
      Duration retention,
      int capacity,
      StreamSerdes serdes,
      StreamMeters meters) {
    this.out = new Out(context);
    this.known = new Recollection<>(context.getStateStore(StreamNames.KNOWN_OUTCOMES), retention);
    this.room = new RepeatRoom(context.getStateStore(StreamNames.WAITING_REPEATS), capacity);
    this.serdes = serdes;
    this.meters = meters;
  }

  @Override
  public void process(Record<String, Heard> record) {
    if (record.value() instanceof Heard.Repeated repeated) {
      repeated(record.key(), repeated.outcome());
    } else if (record.value() instanceof Heard.Said said && said.outcome() != null) {
      said(record.key(), said.outcome().get());
    }
  }

  private void repeated(String id, FactOutcome duplicate) {
    OriginalOutcome original = known.find(id, out.now());
    if (original != null || room.isFull()) {
      answer(duplicate, original);
    } else {
      room.hold(id, duplicate);
    }
  }

  private void said(String id, byte[] outcome) {
    try {
      heard(id, outcome);
    } catch (Fault fault) {
      if (fault.code().kind() == FaultCode.Kind.RETRIABLE) {
        throw fault;
      }
      LOG.warn("Passing over a record of {}: {}", serdes.outcomesTopic(), fault.getMessage());
      meters.skipped(serdes.outcomesTopic());
    }
  }

  private void heard(String id, byte[] wire) {
    OutcomeSkim.Found found = serdes.skimOutcome(wire);
    if (found.brief().getCode() == OutcomeCode.DUPLICATE) {
      return;
    }
    known.put(id, found.brief(), out.now());
    room.take(id).forEach(duplicate -> answer(duplicate, found.brief()));
    if (found.byRollback() || found.brief().getCode() == OutcomeCode.REJECTED) {
      FactOutcome outcome = serdes.readOutcome(wire);
      if (Refusals.concernsHistory(outcome)) {
        out.send(outcome.getModel() + "|" + outcome.getFactId(), new Step.Undone(outcome));
      }
    }
  }

  private void answer(FactOutcome duplicate, @Nullable OriginalOutcome original) {
    duplicate.setOriginal(original);
    duplicate.setDecidedAt(out.now());
    out.send(duplicate.getEventId(), new Step.Decided(duplicate));
  }
}
