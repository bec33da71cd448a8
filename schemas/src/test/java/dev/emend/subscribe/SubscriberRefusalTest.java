package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ModelState;
import dev.emend.event.DeltaChunk;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.ModelPartition;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a subscriber refuses, and what it waits for instead. */
@Timeout(120)
class SubscriberRefusalTest extends SubscriberCase {
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
}
