package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.DeltaEncoding;
import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.TensorDelta;
import dev.emend.event.WeightLayout;
import dev.emend.retain.CompactionResult;
import dev.emend.retain.SnapshotDistance;
import dev.emend.size.ByteSize;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompactionsTest {
  private static final ByteBuffer DIGEST = ByteBuffer.allocate(32);
  private final AtomicInteger runs = new AtomicInteger();

  private Compactions compactions(int versions, int bytes, Runnable then) {
    return new Compactions(
        "compact-test",
        () -> {
          runs.incrementAndGet();
          then.run();
          return new CompactionResult(1, 0, OptionalLong.empty(), 0, 0, List.of());
        },
        new SnapshotDistance(versions, new ByteSize(bytes)),
        Duration.ofSeconds(10));
  }

  private static Outgoing version(int bytes) {
    TensorDelta tensor =
        TensorDelta.newBuilder()
            .setName("w")
            .setShape(List.of(2L, 2L))
            .setLayout(WeightLayout.OUT_IN)
            .setEncoding(DeltaEncoding.LOW_RANK)
            .setRank(1)
            .setLength(bytes)
            .setSha256(DIGEST)
            .setBeforeSha256(DIGEST)
            .setAfterSha256(DIGEST)
            .build();
    ModelDelta delta =
        ModelDelta.newBuilder()
            .setModel("m")
            .setVersion(1)
            .setParent(0)
            .setKind(DeltaKind.WINDOW)
            .setBaseDigest(DIGEST)
            .setParentDigest(DIGEST)
            .setResultDigest(DIGEST)
            .setChainHash(DIGEST)
            .setTensors(List.of(tensor))
            .setFactIds(List.of())
            .setEventIds(List.of())
            .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
            .setCreatedAt(Instant.EPOCH)
            .build();
    return Outgoing.withModel("deltas", "m", delta);
  }

  private static void publish(Compactions compactions, int bytes) {
    compactions.committed(List.of(version(bytes)));
    compactions.settle();
  }

  @Test
  void shouldRunWithTheFirstVersionAndThenAfterSoManyOrSoManyBytes() {
    try (Compactions compactions = compactions(3, 100, () -> {})) {
      publish(compactions, 1);
      assertThat(runs).hasValue(1);
      publish(compactions, 1);
      publish(compactions, 1);
      assertThat(runs).hasValue(1);
      publish(compactions, 1);
      assertThat(runs).as("three versions").hasValue(2);
      publish(compactions, 100);
      assertThat(runs).as("a hundred bytes").hasValue(3);
      compactions.committed(List.of());
      assertThat(runs).as("a transaction without a version").hasValue(3);
    }
  }

  @Test
  void shouldGoOnAfterOneThatFailed() {
    Runnable failing =
        () -> {
          throw new IllegalStateException("the broker is away");
        };
    try (Compactions compactions = compactions(1, 100, failing)) {
      publish(compactions, 1);
      publish(compactions, 1);
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void shouldHaveOneAtATimeAndLetTheWorkerGoOnMeanwhile() {
    CountDownLatch end = new CountDownLatch(1);
    Runnable slow =
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (Compactions compactions = compactions(1, 100, slow)) {
      compactions.committed(List.of(version(1)));
      compactions.committed(List.of(version(1)));
      end.countDown();
      compactions.settle();
      assertThat(runs).hasValue(1);
      compactions.committed(List.of(version(1)));
      compactions.settle();
      assertThat(runs).as("what came meanwhile counts").hasValue(2);
    }
  }
}
