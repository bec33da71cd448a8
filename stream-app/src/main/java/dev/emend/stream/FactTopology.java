package dev.emend.stream;

import dev.emend.event.EditFeedback;
import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.stream.state.FactHistory;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.HeldChange;
import dev.emend.stream.state.ModelProgress;
import dev.emend.stream.state.QuotaState;
import dev.emend.stream.state.SeenEvent;
import dev.emend.stream.state.SetProgress;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Wires the path of a fact. The first half is keyed by fact, so that one hot model is spread over
 * all instances; the second by model, so that one task sees the whole queue of a model.
 *
 * <pre>
 * facts -> decode -> validate -> [quota] -> deduplicate -> hold-the-future -+-> settle -> by-model -+-> hand-over -> batches
 *                                              | by-event                    | by-fact    feedback -+
 * outcomes --------------------------> answer-repeats ------- refusals -------+
 * </pre>
 */
final class FactTopology {
  private final StreamAppConfig config;
  private final Partitions partitions;
  private final StreamSerdes serdes;
  private final StreamMeters meters;
  private final BooleanSupplier draining;
  private final IntakeGate intake;
  private final StreamStores stores;

  FactTopology(
      StreamAppConfig config,
      Partitions partitions,
      StreamSerdes serdes,
      StreamMeters meters,
      BooleanSupplier draining,
      IntakeGate intake) {
    this.config = config;
    this.partitions = partitions;
    this.serdes = serdes;
    this.meters = meters;
    this.draining = draining;
    this.intake = intake;
    this.stores = new StreamStores(config, serdes);
  }

  /**
   * Partitions of the internal topics. Each part joins one of them with a topic of the contract and
   * must therefore have as many.
   *
   * @param byFact those of the facts topic
   * @param byModel those of the feedback topic
   * @param byEvent those of the outcomes topic
   */
  record Partitions(int byFact, int byModel, int byEvent) {}

  Topology build(TopologyConfig topologyConfig) {
    StreamsBuilder builder = new StreamsBuilder(topologyConfig);
    StoreBuilder<?> histories = stores.store(StreamNames.FACT_HISTORY, FactHistory.class);
    KStream<String, Step> admitted = admitted(builder, histories);
    KStream<String, Step> heard = heard(builder, admitted);
    KStream<String, Step> settled = settled(admitted, refusals(heard), histories);
    KStream<String, Step> handed = handOver(builder, settled);
    outcomes(settled, StreamNames.OUTCOMES);
    outcomes(heard, StreamNames.ANSWER_REPEATS + "-" + StreamNames.OUTCOMES);
    outcomes(handed, StreamNames.HAND_OVER + "-" + StreamNames.OUTCOMES);
    bury(settled);
    handed
        .filter((model, step) -> step instanceof Step.Closed, Named.as("windows"))
        .mapValues(step -> ((Step.Closed) step).batch(), Named.as("window-records"))
        .to(
            topics().batches(),
            Produced.with(Serdes.String(), Serdes.Bytes()).withName(StreamNames.BATCHES));
    return builder.build();
  }

  private KStream<String, Step> admitted(StreamsBuilder builder, StoreBuilder<?> histories) {
    StageSupplier<byte[], byte[], String, Step> decode =
        stage(context -> new DecodeStage(context, serdes, meters));
    StageSupplier<String, Step, String, Step> validate =
        stage(
            context ->
                new ValidateStage(
                    context, config.rules(), config.admission(), config.window().cap().facts()));
    StageSupplier<String, Step, String, Step> deduplicate =
        stage(
            context -> new DeduplicateStage(context, config.state().seenRetention()),
            stores.recollection(StreamNames.SEEN_EVENTS, SeenEvent.class),
            histories);
    StageSupplier<String, Step, String, Step> calendar =
        stage(
            context -> new CalendarStage(context, serdes, config.window().tick()),
            stores.store(StreamNames.CALENDAR, HeldChange.class));
    KStream<String, Step> valid =
        builder.stream(topics().facts(), rawFacts())
            .process(decode, Named.as(StreamNames.DECODE))
            .process(validate, Named.as(StreamNames.VALIDATE));
    return counted(valid)
        .process(deduplicate, Named.as(StreamNames.DEDUPLICATE))
        .process(calendar, Named.as(StreamNames.CALENDAR_STAGE));
  }

  private KStream<String, Step> settled(
      KStream<String, Step> admitted, KStream<String, Step> refusals, StoreBuilder<?> histories) {
    Settling settling = settling();
    StageSupplier<String, Step, String, Step> settle =
        stage(
            context -> new SettleStage(context, settling),
            histories,
            stores.journal(StreamNames.IN_GRACE, HeldChange.class));
    return admitted
        .merge(refusals, Named.as("with-refusals"))
        .process(settle, Named.as(StreamNames.SETTLE));
  }

  /** No step of its own where nothing is counted. */
  private KStream<String, Step> counted(KStream<String, Step> steps) {
    if (!config.admission().hasQuotas()) {
      return steps;
    }
    StageSupplier<String, Step, String, Step> quota =
        stage(
            context -> new QuotaStage(context, config.admission(), partitions.byFact()),
            stores.store(StreamNames.QUOTAS, QuotaState.class));
    return steps.process(quota, Named.as(StreamNames.QUOTA));
  }

  private Settling settling() {
    return new Settling(
        config.settle().grace(),
        config.window().tick(),
        config.settle().historyLimit(),
        intake.from(topics().facts(), config.settle().graceCapacity()),
        serdes,
        meters);
  }

  /** Refusals of events that we had let in, brought to the task that holds their fact. */
  private KStream<String, Step> refusals(KStream<String, Step> heard) {
    return heard
        .filter((fact, step) -> step instanceof Step.Undone, Named.as("refusals"))
        .mapValues(step -> ((Step.Undone) step).outcome(), Named.as("refusal-records"))
        .repartition(
            Repartitioned.with(Serdes.String(), serdes.of(FactOutcome.class))
                .withName(StreamNames.BY_FACT)
                .withNumberOfPartitions(partitions.byFact()))
        .mapValues(outcome -> (Step) new Step.Undone(outcome), Named.as("undone"));
  }

  /** All outcomes, and the repetitions of events brought to the task that hears of the event. */
  private KStream<String, Step> heard(StreamsBuilder builder, KStream<String, Step> admitted) {
    KStream<String, Heard> repeated =
        admitted
            .filter((id, step) -> step instanceof Step.Repeated, Named.as("repeats"))
            .mapValues(step -> ((Step.Repeated) step).outcome(), Named.as("repeat-records"))
            .repartition(
                Repartitioned.with(Serdes.String(), serdes.of(FactOutcome.class))
                    .withName(StreamNames.BY_EVENT)
                    .withNumberOfPartitions(partitions.byEvent()))
            .mapValues(outcome -> (Heard) new Heard.Repeated(outcome), Named.as("repeated"));
    Duration retention = config.state().seenRetention();
    StageSupplier<String, Heard, String, Step> repeats =
        stage(
            context ->
                new RepeatStage(
                    context, retention, config.settle().graceCapacity(), serdes, meters),
            stores.recollection(StreamNames.KNOWN_OUTCOMES, OriginalOutcome.class),
            stores.journal(StreamNames.WAITING_REPEATS, FactOutcome.class));
    return builder.stream(
            topics().outcomes(),
            Consumed.with(Serdes.String(), Serdes.Bytes()).withName(StreamNames.OUTCOMES_IN))
        .mapValues(outcome -> (Heard) new Heard.Said(outcome), Named.as("said"))
        .merge(repeated, Named.as("with-repeats"))
        .process(repeats, Named.as(StreamNames.ANSWER_REPEATS));
  }

  private KStream<String, Step> handOver(StreamsBuilder builder, KStream<String, Step> settled) {
    KStream<String, Signal> arrivals =
        settled
            .filter((model, step) -> step instanceof Step.Handed, Named.as("handovers"))
            .mapValues(step -> ((Step.Handed) step).handover(), Named.as("handover-records"))
            .repartition(
                Repartitioned.with(Serdes.String(), serdes.of(Handover.class))
                    .withName(StreamNames.BY_MODEL)
                    .withNumberOfPartitions(partitions.byModel()))
            .mapValues(handover -> (Signal) new Signal.Arrived(handover), Named.as("arrivals"));
    KStream<String, Signal> reports =
        builder.stream(topics().feedback(), consumed(EditFeedback.class, StreamNames.FEEDBACK))
            .mapValues(feedback -> (Signal) new Signal.Reported(feedback), Named.as("reports"));
    Scheduling scheduling = Scheduling.of(config.window(), draining, handedOver(), serdes, meters);
    StageSupplier<String, Signal, String, Step> handOver =
        stage(
            context -> new HandOverStage(context, scheduling),
            stores.journal(StreamNames.WAITING_FACTS, Handover.class),
            stores.store(StreamNames.MODEL_PROGRESS, ModelProgress.class),
            stores.store(StreamNames.CHANGE_SETS, SetProgress.class));
    return arrivals
        .merge(reports, Named.as("signals"))
        .process(handOver, Named.as(StreamNames.HAND_OVER));
  }

  /** What comes through the repartition topic, as Streams names it. */
  private IntakeGate.Intake handedOver() {
    String topic = config.applicationId() + "-" + StreamNames.BY_MODEL + "-repartition";
    return intake.from(topic, config.window().capacity());
  }

  /**
   * A sink for each half: one for both would make one task of them, in which feedback and what is
   * handed over had to wait for older facts, for a task takes the record with the least timestamp.
   */
  private void outcomes(KStream<String, Step> steps, String name) {
    steps
        .filter((id, step) -> step instanceof Step.Decided, Named.as("decided-" + name))
        .mapValues(
            step -> {
              FactOutcome outcome = ((Step.Decided) step).outcome();
              meters.decided(outcome);
              return outcome;
            },
            Named.as("records-of-" + name))
        .to(topics().outcomes(), produced(FactOutcome.class, name));
  }

  private void bury(KStream<String, Step> steps) {
    StageSupplier<String, Step, byte[], byte[]> bury =
        stage(context -> new BuryStage(context, topics().facts(), meters));
    steps
        .process(bury, Named.as(StreamNames.BURY))
        .to(
            topics().deadLetters(),
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName(StreamNames.DEAD_LETTERS));
  }

  private Topics topics() {
    return config.topics();
  }

  private static Consumed<byte[], byte[]> rawFacts() {
    return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(StreamNames.FACTS);
  }

  private <V extends SpecificRecord> Consumed<String, V> consumed(Class<V> type, String name) {
    return Consumed.with(Serdes.String(), serdes.of(type)).withName(name);
  }

  private <V extends SpecificRecord> Produced<String, V> produced(Class<V> type, String name) {
    return Produced.with(Serdes.String(), serdes.of(type)).withName(name);
  }

  private static <KI, VI, KO, VO> StageSupplier<KI, VI, KO, VO> stage(
      Function<ProcessorContext<KO, VO>, Stage<KI, VI>> start, StoreBuilder<?>... stores) {
    return new StageSupplier<>(start, Set.of(stores));
  }
}
