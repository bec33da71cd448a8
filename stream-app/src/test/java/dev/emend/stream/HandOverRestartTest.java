package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.schedule.WindowCap;
import dev.emend.size.ByteSize;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.JournalPage;
import dev.emend.stream.state.ModelProgress;
import dev.emend.stream.state.SetProgress;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import dev.emend.wire.FakeRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that is made anew over the same stores goes on where the one before stopped. */
class HandOverRestartTest {
  @TempDir Path dir;
  private final List<FakeRegistry> registries = new ArrayList<>();
  private final StreamSerdes serdes = freshSerdes();
  private MockProcessorContext<String, Step> context = new MockProcessorContext<>();

  @BeforeEach
  void open() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), dir.toFile());
    context.setCurrentSystemTimeMs(TestStream.START.toEpochMilli());
    JournalForm<Handover> form = new JournalForm<>(freshSerdes().of(Handover.class), "waiting");
    context.addStateStore(
        new JournalStore<>(store(StreamNames.WAITING_FACTS, JournalPage.class), form));
    add(StreamNames.MODEL_PROGRESS, ModelProgress.class);
    add(StreamNames.CHANGE_SETS, SetProgress.class);
  }

  @AfterEach
  void close() {
    registries.forEach(FakeRegistry::close);
  }

  @Test
  void shouldKeepTheQueueItsOrderAndTheNumberOfTheNextWindow() {
    Stage<String, Signal> before = stage();
    arrive(before, Facts.says("e1", "Peru", "Lima", 1));
    tick();
    assertThat(windows()).hasSize(1);
    arrive(before, Facts.says("e2", "Chad", "N'Djamena", 1));
    before.close();

    Stage<String, Signal> after = stage();
    arrive(after, Facts.says("e4", "Togo", "Lome", 1));
    tick();
    assertThat(windows()).as("the worker is still busy").isEmpty();
    context.setCurrentSystemTimeMs(TestStream.START.plusSeconds(5).toEpochMilli());
    tick();
    EditBatch window = windows().get(0);
    assertThat(window.getSequence()).isEqualTo(2);
    assertThat(window.getItems()).extracting(BatchItem::getEventId).containsExactly("e2", "e4");
  }

  @Test
  void shouldKeepAChangeSetThatIsHalfThere() {
    Stage<String, Signal> before = stage();
    arrive(before, Facts.member("a", "Peru", "Lima", "s", 2));
    before.close();

    Stage<String, Signal> after = stage();
    tick();
    assertThat(windows()).isEmpty();
    arrive(after, Facts.member("b", "Chad", "N'Djamena", "s", 2));
    tick();
    assertThat(windows().get(0).getItems())
        .extracting(BatchItem::getEventId)
        .containsExactly("a", "b");
  }

  @Test
  void shouldKeepACompleteChangeSetThatWaitsForABusyWorker() {
    Stage<String, Signal> before = stage();
    arrive(before, Facts.urgent("u1", "Fiji", "Suva", 1));
    arrive(before, Facts.urgent("u2", "Cuba", "Havana", 1));
    arrive(before, Facts.member("a", "Peru", "Lima", "s", 2));
    arrive(before, Facts.member("b", "Chad", "N'Djamena", "s", 2));
    before.close();
    assertThat(windows()).hasSize(2);

    Stage<String, Signal> after = stage();
    arrive(after, Facts.urgent("u3", "Iran", "Tehran", 1));
    assertThat(windows().get(0).getItems())
        .extracting(BatchItem::getEventId)
        .containsExactly("u3", "a", "b");
  }

  private Stage<String, Signal> stage() {
    WindowSettings window =
        new WindowSettings(
            new WindowCap(3, new ByteSize(1_000_000)),
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            1_000,
            Duration.ofMillis(50),
            SizingSettings.STANDARD);
    StreamMeters meters = new StreamMeters(new SimpleMeterRegistry());
    IntakeGate.Intake intake = new IntakeGate().from("by-model", window.capacity());
    return new HandOverStage(context, Scheduling.of(window, () -> false, intake, serdes, meters));
  }

  private void arrive(Stage<String, Signal> stage, FactChange change) {
    SourceRecord source = new SourceRecord(null, null, new RecordHeaders(), 0, 0, TestStream.START);
    Handover handover =
        new HandoverForm(serdes)
            .accepted(
                FactKey.of(change).text(),
                new Step.Stated(change, source),
                null,
                TestStream.START,
                TestStream.START);
    stage.process(new Record<>("m", new Signal.Arrived(handover), 0));
  }

  private void tick() {
    List<MockProcessorContext.CapturedPunctuator> clocks = context.scheduledPunctuators();
    clocks.get(clocks.size() - 1).getPunctuator().punctuate(context.currentSystemTimeMs());
  }

  private List<EditBatch> windows() {
    List<EditBatch> windows =
        context.forwarded().stream()
            .map(forward -> forward.record().value())
            .filter(Step.Closed.class::isInstance)
            .map(
                step ->
                    serdes
                        .batches()
                        .deserializer()
                        .deserialize("t", ((Step.Closed) step).batch().get()))
            .toList();
    context.resetForwards();
    return windows;
  }

  private <V extends SpecificRecord> void add(String name, Class<V> type) {
    context.addStateStore(store(name, type));
  }

  private <V extends SpecificRecord> KeyValueStore<String, V> store(String name, Class<V> type) {
    KeyValueStore<String, V> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), freshSerdes().of(type))
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  /** The mock context gives every store the same subject, so each needs a registry of its own. */
  private StreamSerdes freshSerdes() {
    FakeRegistry registry = new FakeRegistry();
    registries.add(registry);
    return new StreamSerdes(registry.client(), Topics.standard());
  }
}
