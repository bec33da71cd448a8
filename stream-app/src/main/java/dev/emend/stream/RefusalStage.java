package dev.emend.stream;

import dev.emend.event.FactOutcome;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds among all outcomes those that take back what {@link SettleStage} has let in. What is no
 * outcome is counted and passed over.
 */
final class RefusalStage implements Stage<String, Bytes> {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalStage.class);

  private final ProcessorContext<String, FactOutcome> context;
  private final StreamSerdes serdes;
  private final StreamMeters meters;

  RefusalStage(
      ProcessorContext<String, FactOutcome> context, StreamSerdes serdes, StreamMeters meters) {
    this.context = context;
    this.serdes = serdes;
    this.meters = meters;
  }

  @Override
  public void process(Record<String, Bytes> record) {
    try {
      outcome(record);
    } catch (Fault fault) {
      if (fault.code().kind() == FaultCode.Kind.RETRIABLE) {
        throw fault;
      }
      LOG.warn("Passing over a record of {}: {}", serdes.outcomesTopic(), fault.getMessage());
      meters.skipped(serdes.outcomesTopic());
    }
  }

  private void outcome(Record<String, Bytes> record) {
    if (record.value() == null || !serdes.mayConcernHistory(record.value().get())) {
      return;
    }
    FactOutcome outcome = serdes.readOutcome(record.value().get());
    if (Refusals.concernsHistory(outcome)) {
      String fact = outcome.getModel() + "|" + outcome.getFactId();
      context.forward(record.withKey(fact).withValue(outcome));
    }
  }
}
