package dev.emend.stream;

import dev.emend.admission.Admission;
import dev.emend.fault.RejectReason;
import dev.emend.publish.FactRules;
import dev.emend.publish.Rejection;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Checks the rules that need nothing but the record itself. */
final class ValidateStage implements Stage<String, Step> {
  private final Out out;
  private final FactRules rules;
  private final Admission admission;
  private final int largestSet;

  ValidateStage(
      ProcessorContext<String, Step> context,
      FactRules rules,
      Admission admission,
      int largestSet) {
    this.out = new Out(context);
    this.rules = rules;
    this.admission = admission;
    this.largestSet = largestSet;
  }

  @Override
  public void process(Record<String, Step> record) {
    Step step = record.value();
    out.send(record.key(), step instanceof Step.Stated stated ? judged(stated) : step);
  }

  private Step judged(Step.Stated stated) {
    Optional<Rejection> broken =
        rules
            .check(stated.change(), out.now())
            .or(() -> FactRules.checkKey(stated.source().keyText(), stated.change()))
            .or(() -> checkSet(stated))
            .or(() -> admission.check(stated.change()));
    return broken
        .<Step>map(why -> new Step.Broken(stated.change(), stated.source(), why))
        .orElse(stated);
  }

  private Optional<Rejection> checkSet(Step.Stated stated) {
    return Optional.ofNullable(stated.change().getChangeSet())
        .filter(set -> set.getSize() > largestSet)
        .map(
            set ->
                new Rejection(
                    RejectReason.CHANGE_SET_INVALID,
                    "the set has %d members but a window holds %d"
                        .formatted(set.getSize(), largestSet)));
  }
}
