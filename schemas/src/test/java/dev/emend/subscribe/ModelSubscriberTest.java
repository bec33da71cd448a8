package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import dev.emend.topic.ModelPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Serves what a worker publishes, bit for bit and in order. */
@Timeout(120)
class ModelSubscriberTest extends SubscriberCase {
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
}
