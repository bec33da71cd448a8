package dev.emend.worker;

import static org.awaitility.Awaitility.await;

import dev.emend.canary.BisectBudget;
import dev.emend.canary.CanarySettings;
import dev.emend.canary.ExamWriter;
import dev.emend.delta.ChunkAssembler;
import dev.emend.delta.DeltaPackager;
import dev.emend.delta.ModelState;
import dev.emend.delta.PayloadSource;
import dev.emend.event.DeltaChunk;
import dev.emend.event.EditBatch;
import dev.emend.memory.ProcessMemory;
import dev.emend.size.ByteSize;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import dev.emend.version.VersionRecorder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A loop on Kafka's mocks whose committed records are the log that it recovers from. */
final class LoopHarness implements AutoCloseable {
  static final Topics TOPICS = Topics.standard();
  static final TopicPartition HOME =
      new TopicPartition(TOPICS.batches(), ModelPartition.of(TinyModel.NAME, 3));

  static final TopicPartition ORDERS =
      new TopicPartition(TOPICS.orders(), ModelPartition.of(TinyModel.NAME, 3));

  final MockConsumer<String, byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions) {
          return latest(partitions);
        }
      };
  final MockConsumer<String, byte[]> orders = new MockConsumer<>("earliest");
  final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
  final PlainCodec codec = new PlainCodec();
  final FakeEditor editor = new FakeEditor();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final WorkerState state;

  /** How far the loop's clock is ahead of the system's. */
  final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private final InstantSource clock = () -> Instant.now().plus(ahead.get());
  private final WorkerLoop loop;

  /**
   * A loop in a group that has given it no partition yet.
   *
   * @param history what is in the log before it comes
   */
  LoopHarness(ModelState base, LoopSetup setup, List<ProducerRecord<String, byte[]>> history) {
    ProcessMemory memory = new ProcessMemory();
    prepare(consumer, HOME);
    prepare(orders, ORDERS);
    state = new WorkerState(new WindowMeters(new WorkerMetrics(meters, TinyModel.NAME, memory)));
    DeltaPackager chunking = new DeltaPackager(ByteSize.parse("100B"), ByteSize.parse("64B"));
    DeltaPackager packager = setup.store().map(chunking::storingIn).orElse(chunking);
    WindowInbox inbox =
        new WindowInbox(
            consumer,
            TOPICS.batches(),
            TinyModel.NAME,
            new OrderInbox(orders, TOPICS.orders(), TinyModel.NAME));
    VersionLetters letters =
        new VersionLetters(TOPICS, new VersionRecorder(packager), setup.soak().promotion());
    ExamWriter exams = new ExamWriter(CanarySettings.DEFAULT);
    Consolidations consolidations =
        new Consolidations(
            editor,
            () -> base,
            new ConsolidationPreparer(editor, exams, 0.1, letters, clock),
            clock);
    Handoff editing =
        new Handoff(
            "edit-test",
            Duration.ofSeconds(5),
            () -> {
              consolidations.abandon();
              editor.close();
            });
    ModelLog log =
        new ModelLog(
            TOPICS,
            (topic, model) -> reader(topic, history),
            codec,
            KeptState.none(),
            setup.store());
    StartPoints starts = new StartPoints(base, setup.shelf());
    WindowRecords records = new WindowRecords(TOPICS, letters, clock, memory);
    loop =
        new WorkerLoop(
            inbox,
            editing,
            new Recovery(starts::newest, this::producer, codec, log, editor),
            new BatchPreparer(
                new WindowPreparer(
                    editor, exams, setup.gate(), BisectBudget.DEFAULT, records, clock),
                new Orders(
                    new Rollbacks(
                        log,
                        starts::atMost,
                        editor,
                        new RollbackRecords(TOPICS, letters, records, clock),
                        consolidations::abandon),
                    records,
                    clock),
                clock),
            consolidations,
            new Soaks(editor, exams, setup.soak(), letters, editor.read(), clock),
            new WindowCommits(TinyModel.NAME, TOPICS, clock, memory, published -> {}),
            new WindowReader(codec, TOPICS),
            state,
            settings(),
            clock);
    inbox.join();
  }

  private static void prepare(MockConsumer<?, ?> mock, TopicPartition home) {
    Node node = new Node(0, "localhost", 9092);
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      partitions.add(
          new PartitionInfo(home.topic(), i, node, new Node[] {node}, new Node[] {node}));
    }
    mock.updatePartitions(home.topic(), partitions);
    mock.updateBeginningOffsets(Map.of(home, 0L));
    mock.updateEndOffsets(Map.of(home, 0L));
  }

  private static LogSettings settings() {
    LogSettings defaults = LogSettings.defaults();
    return new LogSettings(
        TOPICS,
        defaults.inlineLimit(),
        defaults.chunkSize(),
        defaults.transactionTimeout(),
        Duration.ofMillis(1),
        Duration.ofMillis(1),
        Safeguards.NONE,
        defaults.blobs(),
        defaults.snapshots(),
        defaults.compaction());
  }

  private MockProducer<String, byte[]> producer() {
    MockProducer<String, byte[]> made =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
          @Override
          public List<PartitionInfo> partitionsFor(String topic) {
            return List.of(new PartitionInfo(topic, 0, null, null, null));
          }
        };
    synchronized (producers) {
      producers.add(made);
    }
    return made;
  }

  /** Everything committed: what was there before, then what this loop's producers committed. */
  private List<ProducerRecord<String, byte[]>> log(List<ProducerRecord<String, byte[]>> history) {
    List<ProducerRecord<String, byte[]>> all = new ArrayList<>(history);
    synchronized (producers) {
      producers.forEach(producer -> all.addAll(producer.history()));
    }
    return all;
  }

  private PartitionReader reader(String topic, List<ProducerRecord<String, byte[]>> history) {
    Deque<LogRecord> rest = new ArrayDeque<>();
    for (ProducerRecord<String, byte[]> r : log(history)) {
      if (r.topic().equals(topic)) {
        rest.add(new LogRecord(topic, 0, rest.size(), r.key(), r.value(), r.headers()));
      }
    }
    return new PartitionReader() {
      @Override
      public Optional<LogRecord> next() {
        return Optional.ofNullable(rest.poll());
      }

      @Override
      public void close() {}
    };
  }

  /** Everything that is committed, oldest first. */
  List<ProducerRecord<String, byte[]>> committed() {
    return log(List.of());
  }

  /** The committed records of one topic, read. */
  <T extends SpecificRecord> List<T> committed(String topic, Class<T> type) {
    return committed().stream()
        .filter(record -> record.topic().equals(topic) && record.value() != null)
        .map(record -> codec.decode(type, topic, record.headers(), record.value()))
        .toList();
  }

  /** Payloads of committed deltas, as a subscriber collects them. */
  PayloadSource payloads() {
    ChunkAssembler payloads = new ChunkAssembler(ByteSize.parse("1MB"));
    committed(TOPICS.deltaChunks(), DeltaChunk.class).forEach(payloads::add);
    return payloads;
  }

  /** Offsets of windows that were committed with transactions, in order. */
  List<Long> offsets() {
    return offsets(HOME);
  }

  /** Offsets of a partition that were committed with transactions, in order. */
  List<Long> offsets(TopicPartition partition) {
    List<Long> offsets = new ArrayList<>();
    synchronized (producers) {
      for (MockProducer<String, byte[]> producer : producers) {
        producer.consumerGroupOffsetsHistory().stream()
            .flatMap(groups -> groups.values().stream())
            .map(byPartition -> byPartition.get(partition))
            .filter(Objects::nonNull)
            .map(OffsetAndMetadata::offset)
            .forEach(offsets::add);
      }
    }
    return offsets;
  }

  private Map<TopicPartition, OffsetAndMetadata> latest(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> latest = new HashMap<>();
    for (TopicPartition partition : partitions) {
      offsets(partition).forEach(next -> latest.put(partition, new OffsetAndMetadata(next)));
    }
    return latest;
  }

  MockProducer<String, byte[]> newestProducer() {
    synchronized (producers) {
      return producers.get(producers.size() - 1);
    }
  }

  void assign() {
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(HOME)));
  }

  void revoke() {
    consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
  }

  void deliver(long offset, EditBatch batch) {
    deliver(offset, batch.getModel(), codec.encode(TOPICS.batches(), batch));
  }

  /** An order, by the topic that is for them. */
  void order(long offset, EditBatch order) {
    order(offset, 0, order);
  }

  void order(long offset, long timestamp, EditBatch order) {
    byte[] value = codec.encode(TOPICS.orders(), order);
    consumer.schedulePollTask(
        () -> {
          orders.updateEndOffsets(Map.of(ORDERS, offset + 1));
          orders.addRecord(record(ORDERS, offset, timestamp, order.getModel(), value));
        });
  }

  void deliver(long offset, String key, byte @Nullable [] value) {
    consumer.schedulePollTask(
        () -> {
          consumer.updateEndOffsets(Map.of(HOME, offset + 1));
          consumer.addRecord(record(HOME, offset, offset, key, value));
        });
  }

  private static ConsumerRecord<String, byte[]> record(
      TopicPartition home, long offset, long timestamp, String key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        home.topic(),
        home.partition(),
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        key.length(),
        value == null ? 0 : value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  /** One turn of the loop. */
  void turn() {
    loop.turn();
  }

  /** Turns until something holds. */
  void turnUntil(String what, Callable<Boolean> holds) {
    await(what)
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              loop.turn();
              return holds.call();
            });
  }

  /** Turns until the loop waits for windows. */
  void turnUntilIdle() {
    turnUntil("idle", () -> state.health().state() == WorkerHealth.State.IDLE);
  }

  /** Turns until a version is live. */
  void turnUntilVersion(long version) {
    turnUntil(
        "version " + version,
        () ->
            state.live().filter(s -> s.state().version().version() == version).isPresent()
                && state.health().state() == WorkerHealth.State.IDLE);
  }

  @Override
  public void close() {
    loop.close();
  }
}
