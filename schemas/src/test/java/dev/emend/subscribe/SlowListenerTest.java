package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners that are stuck, slow or broken do to a subscription. */
@Timeout(120)
class SlowListenerTest extends SubscriberCase {
  /** Hears of the first version when it is released, and of the others after that. */
  private static VersionListener stuckUntil(CountDownLatch release, Collection<Long> heard) {
    return (version, newest) -> {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      heard.add(version.number());
    };
  }

  @Test
  void shouldServeNewVersionsWhileAListenerIsStuck() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<Long> newestAtCall = new LinkedBlockingQueue<>();
    VersionListener stuck = stuckUntil(release, newestAtCall);
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
    VersionListener stuck = stuckUntil(release, heard);
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
}
