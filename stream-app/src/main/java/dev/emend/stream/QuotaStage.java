package dev.emend.stream;

import dev.emend.admission.Admission;
import dev.emend.admission.Allowance;
import dev.emend.fault.RejectReason;
import dev.emend.publish.Rejection;
import dev.emend.stream.state.QuotaState;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts what each source says. A minute is one of the records' own time, so that what lay in the
 * topic while we were away is not refused for coming at once; but never ahead of the wall clock nor
 * backwards, so that nobody gains by a false timestamp. Each partition has an even share.
 *
 * <p>Comes before the duplicates are sorted out: an event that was refused here may come again, and
 * repeating something a thousand times is not free.
 */
final class QuotaStage implements Stage<String, Step> {
  private final Out out;
  private final Admission admission;
  private final int partitions;
  private final KeyValueStore<String, QuotaState> accounts;

  QuotaStage(ProcessorContext<String, Step> context, Admission admission, int partitions) {
    this.out = new Out(context);
    this.admission = admission;
    this.partitions = partitions;
    this.accounts = context.getStateStore(StreamNames.QUOTAS);
  }

  @Override
  public void process(Record<String, Step> record) {
    Step step = record.value();
    out.send(record.key(), step instanceof Step.Stated stated ? counted(stated) : step);
  }

  private Step counted(Step.Stated stated) {
    Optional<Admission.Quota> quota = admission.quota(stated.change().getSource());
    return quota.isEmpty() || spend(quota.get(), stated.source().publishedAt())
        ? stated
        : new Step.Broken(stated.change(), stated.source(), tooMany(stated, quota.get()));
  }

  private boolean spend(Admission.Quota quota, Instant saidAt) {
    Allowance.Rate rate = new Allowance.Rate(quota.factsPerMinute(), partitions);
    long time = Math.min(saidAt.toEpochMilli(), out.now().toEpochMilli());
    QuotaState known = accounts.get(quota.account());
    Allowance before =
        known == null
            ? Allowance.full(rate, time)
            : new Allowance(rate, known.getUnits(), known.getAt().toEpochMilli()).at(time);
    Optional<Allowance> after = before.spend();
    after.ifPresent(
        left ->
            accounts.put(
                quota.account(), new QuotaState(left.units(), Instant.ofEpochMilli(left.at()))));
    return after.isPresent();
  }

  private static Rejection tooMany(Step.Stated stated, Admission.Quota quota) {
    return new Rejection(
        RejectReason.QUOTA_EXCEEDED,
        "source '%s' may say %d facts a minute; the event may be published again"
            .formatted(stated.change().getSource(), quota.factsPerMinute()));
  }
}
