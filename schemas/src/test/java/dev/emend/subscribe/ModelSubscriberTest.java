package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sink.HuggingFaceFolderSink;
import dev.emend.size.ByteSize;
import dev.emend.topic.ModelPartition;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModelSubscriberTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ByteSize NOTHING_INLINE = new ByteSize(0);

  private final Path folder;
  private final FakeLog log = new FakeLog();
  private final Path base;
  private TinyModel worker;

  ModelSubscriberTest(@TempDir Path folder) {
    this.folder = folder;
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    this.worker = TinyModel.worker("m", base, 2, NOTHING_INLINE);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private ModelSubscriberBuilder subscriber() {
    return ModelSubscriber.of("m", base).topics(FakeLog.TOPICS);
  }

  private ModelSubscriber start(ModelSubscriberBuilder options) {
    return options.start(log::consumer, log.records());
  }

  private void publish(int versions) {
    for (int i = 0; i < versions; i++) {
      publish(worker.next());
    }
  }

  private void publish(TinyModel.Version version) {
    log.append(version.delta(), version.chunks());
  }

  private static Fault awaitFault(ModelSubscriber subscriber) {
    return catchThrowableOfType(Fault.class, () -> subscriber.awaitVersion(999, LONG));
  }

  private void expectSameWeights(ModelState state) {
    assertThat(state.version()).isEqualTo(worker.state().version());
    for (String name : state.folder().names()) {
      assertThat(state.floats(name)).isEqualTo(worker.state().floats(name));
    }
  }

  @Test
  void shouldServeTheWorkersWeightsBitForBitWithPiecesAndInline() throws Exception {
    worker = TinyModel.worker("m", base, 2, new ByteSize(200));
    publish(2);
    try (ModelSubscriber subscriber = start(subscriber())) {
      subscriber.awaitVersion(2, LONG);
      publish(3);
      subscriber.awaitVersion(5, LONG);

      expectSameWeights(subscriber.current());
    }
  }

  @Test
  void shouldTellListenersOfEveryVersionInOrderBeforeItCloses() throws Exception {
    List<ServedVersion> heard = new CopyOnWriteArrayList<>();
    publish(4);
    try (ModelSubscriber subscriber =
        start(subscriber().listener((version, newest) -> heard.add(version)))) {
      subscriber.awaitVersion(4, LONG);
    }

    assertThat(heard).extracting(ServedVersion::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(heard.get(3).version()).isEqualTo(worker.state().version());
    assertThat(heard.get(1).facts()).containsExactly("s|r2");
    assertThat(heard.get(1).events()).containsExactly("e2");
    assertThat(heard.get(1).canary()).isEmpty();
  }

  @Test
  void shouldPassOverOtherModelsInTheSamePartition() throws Exception {
    int partition = ModelPartition.of("m", FakeLog.PARTITIONS);
    String other = "a";
    while (ModelPartition.of(other, FakeLog.PARTITIONS) != partition) {
      other += "a";
    }
    TinyModel stranger = TinyModel.worker(other, base, 7, NOTHING_INLINE);
    for (int i = 0; i < 3; i++) {
      publish(stranger.next());
      publish(1);
    }
    try (ModelSubscriber subscriber = start(subscriber())) {
      subscriber.awaitVersion(3, LONG);

      expectSameWeights(subscriber.current());
    }
  }

  @Test
  void shouldSayInWhichVersionAnEventTookEffect() throws Exception {
    publish(3);
    try (ModelSubscriber subscriber = start(subscriber())) {
      assertThat(subscriber.awaitFact("e2", LONG)).isEqualTo(2);
      Fault fault =
          catchThrowableOfType(
              Fault.class, () -> subscriber.awaitFact("never", Duration.ofMillis(1)));
      assertThat(fault.code()).isEqualTo(FaultCode.TIMEOUT);
      assertThat(fault).hasMessageContaining("'never'");
    }
  }

  @Test
  void shouldFillItsFolderWithTheBaseModelBeforeTheFirstVersionComes() {
    Path kept = folder.resolve("kept");
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      assertThat(ModelSnapshot.open("m", kept).version()).isEqualTo(worker.state().version());
      assertThat(subscriber.current().version().version()).isZero();
    }
  }

  @Test
  void shouldGoOnFromItsFolderEvenWhenTheOldRecordsAreGone() throws Exception {
    Path kept = folder.resolve("kept");
    publish(3);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(3, LONG);
    }
    log.deleteAll();
    publish(1);

    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      assertThat(subscriber.current().version().version()).isEqualTo(3);
      subscriber.awaitVersion(4, LONG);
      expectSameWeights(subscriber.current());
    }
    assertThat(ModelSnapshot.open("m", kept).version()).isEqualTo(worker.state().version());
  }

  @Test
  void shouldGoOnFromItsFolderWhenTheCrashCameBetweenWeightsAndPosition() throws Exception {
    Path kept = folder.resolve("kept");
    publish(2);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(2, LONG);
    }
    Path position = kept.resolve(".emend-position.json");
    Files.writeString(
        position, Files.readString(position).replaceAll("\"version\":2", "\"version\":1"));
    publish(1);

    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(3, LONG);
      expectSameWeights(subscriber.current());
    }
  }

  @Test
  void shouldRefuseAGapAndKeepServing() throws Exception {
    publish(1);
    worker.next();
    publish(1);
    AtomicReference<Fault> heard = new AtomicReference<>();
    VersionListener listener =
        new VersionListener() {
          @Override
          public void onVersion(ServedVersion version, ModelState newest) {}

          @Override
          public void onFault(Fault fault) {
            heard.set(fault);
          }
        };
    try (ModelSubscriber subscriber = start(subscriber().listener(listener))) {
      Fault fault = awaitFault(subscriber);

      assertThat(fault.code()).isEqualTo(FaultCode.VERSION_CHAIN);
      assertThat(fault)
          .hasMessageContaining("version 3 at t.emend.deltas-")
          .hasMessageContaining("@1")
          .hasMessageContaining("start again from");
      assertThat(subscriber.current().version().version()).isEqualTo(1);
      Awaitility.await("listener hears of the end").atMost(LONG).until(() -> heard.get() != null);
    }
  }

  @Test
  void shouldRefuseAForkAheadAndAForkOfWhatItsFolderHolds() throws Exception {
    Path kept = folder.resolve("kept");
    TinyModel rival = TinyModel.worker("m", base, 99, NOTHING_INLINE);
    publish(1);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(1, LONG);
      rival.next();
      publish(rival.next());
      assertThat(awaitFault(subscriber).code()).isEqualTo(FaultCode.VERSION_CHAIN);
    }

    FakeLog another = new FakeLog();
    TinyModel third = TinyModel.worker("m", base, 98, NOTHING_INLINE);
    TinyModel.Version first = third.next();
    another.append(first.delta(), first.chunks());
    Files.delete(kept.resolve(".emend-position.json"));
    try (ModelSubscriber subscriber =
        subscriber().keep(kept).start(another::consumer, another.records())) {
      assertThat(awaitFault(subscriber)).hasMessageContaining("fork");
    }
    another.close();
  }

  @Test
  void shouldRefuseAPieceWithAFlippedBit() {
    TinyModel.Version version = worker.next();
    DeltaChunk damaged = version.chunks().get(0);
    byte[] bytes = new byte[damaged.getPayload().remaining()];
    damaged.getPayload().duplicate().get(bytes);
    bytes[bytes.length - 1] ^= 1;
    damaged.setPayload(ByteBuffer.wrap(bytes));
    publish(version);
    try (ModelSubscriber subscriber = start(subscriber())) {
      Fault fault = awaitFault(subscriber);

      assertThat(fault.code()).isEqualTo(FaultCode.DIGEST_MISMATCH);
      String place = "t.emend.deltas-" + ModelPartition.of("m", FakeLog.PARTITIONS) + "@0";
      assertThat(fault)
          .hasMessageContaining("version 1 at " + place)
          .hasMessageContaining("SHA-256");
      assertThat(subscriber.current().version().version()).isZero();
    }
  }

  @Test
  void shouldRefuseBytesThatAreNoDelta() {
    int partition = ModelPartition.of("m", FakeLog.PARTITIONS);
    log.appendBytes(FakeLog.TOPICS.deltas(), partition, "m", new byte[] {1, 2, 3});
    try (ModelSubscriber subscriber = start(subscriber())) {
      Fault fault = awaitFault(subscriber);

      assertThat(fault.code()).isEqualTo(FaultCode.WIRE_FORMAT);
      assertThat(fault).hasMessageContaining("t.emend.deltas-" + partition + "@0");
    }
  }

  @Test
  void shouldSayThatPiecesAreMissingWhenTheyDoNotComeForAMinute() {
    TinyModel.Version version = worker.next();
    log.append(version.delta(), version.chunks().subList(1, version.chunks().size()));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (ModelSubscriber subscriber =
        start(subscriber().clock(() -> now.updateAndGet(t -> t.plusSeconds(20))))) {
      Fault fault = awaitFault(subscriber);

      assertThat(fault.code()).isEqualTo(FaultCode.DELTA_CORRUPT);
      assertThat(fault).hasMessageContaining("pieces of version 1");
    }
  }

  @Test
  void shouldTakePiecesThatComeAfterTheirDelta() throws Exception {
    TinyModel.Version version = worker.next();
    log.append(version.delta(), List.of());
    try (ModelSubscriber subscriber = start(subscriber())) {
      for (DeltaChunk chunk : version.chunks()) {
        log.append(ModelPartition.of("m", FakeLog.PARTITIONS), chunk);
      }
      subscriber.awaitVersion(1, LONG);
      expectSameWeights(subscriber.current());
    }
  }

  @Test
  void shouldServeNewVersionsWhileAListenerIsStuck() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<Long> newestAtCall = new LinkedBlockingQueue<>();
    VersionListener stuck =
        (version, newest) -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          newestAtCall.add(version.number());
        };
    publish(1);
    try (ModelSubscriber subscriber = start(subscriber().listener(stuck))) {
      subscriber.awaitVersion(1, LONG);
      publish(5);
      subscriber.awaitVersion(6, LONG);
      assertThat(newestAtCall).isEmpty();
      release.countDown();
    }
    assertThat(newestAtCall).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void shouldPauseReadingButStayInTouchWhenTooManyVersionsWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Long> heard = new CopyOnWriteArrayList<>();
    VersionListener stuck =
        (version, newest) -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          heard.add(version.number());
        };
    publish(6);
    try (ModelSubscriber subscriber = start(subscriber().waiting(1).listener(stuck))) {
      subscriber.awaitVersion(3, LONG);
      Awaitility.await("both partitions are paused").atMost(LONG).until(() -> log.paused() == 2);
      long served = subscriber.current().version().version();
      publish(3);
      long polls = log.polls();
      Awaitility.await("polling goes on").atMost(LONG).until(() -> log.polls() > polls + 2);
      assertThat(subscriber.current().version().version()).isEqualTo(served);
      release.countDown();
      subscriber.awaitVersion(9, LONG);
    }
    assertThat(heard).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void shouldEndWhenAListenerFails() {
    publish(1);
    VersionListener broken =
        (version, newest) -> {
          throw new IllegalStateException("disk full");
        };
    try (ModelSubscriber subscriber = start(subscriber().listener(broken))) {
      assertThat(awaitFault(subscriber)).hasMessageContaining("disk full");
      assertThat(subscriber.fault()).isPresent();
    }
  }

  @Test
  void shouldWaitForTopicsThatDoNotExistYet() throws Exception {
    log.setExists(false);
    publish(1);
    try (ModelSubscriber subscriber = start(subscriber())) {
      Fault early =
          catchThrowableOfType(Fault.class, () -> subscriber.awaitVersion(1, Duration.ofMillis(1)));
      assertThat(early.code()).isEqualTo(FaultCode.TIMEOUT);
      log.setExists(true);
      subscriber.awaitVersion(1, LONG);
      expectSameWeights(subscriber.current());
    }
  }

  @Test
  void shouldKeepAFolderThatAlwaysHoldsAWholeVersion() throws Exception {
    Path out = folder.resolve("out");
    publish(3);
    try (ModelSubscriber subscriber =
        start(subscriber().listener(new HuggingFaceFolderSink(out)))) {
      subscriber.awaitVersion(3, LONG);
    }

    ModelDelta unchanged = worker.next().delta();
    ModelState found = ModelSnapshot.open("m", out);
    assertThat(found.version().version()).isEqualTo(unchanged.getParent());
    assertThat(found.version().digest().buffer()).isEqualTo(unchanged.getParentDigest());
  }
}
