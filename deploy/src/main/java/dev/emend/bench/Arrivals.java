package dev.emend.bench;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When each of several subscribers came to serve one version. Thread-safe. */
final class Arrivals {
  private final long[] servedAt;
  private final CountDownLatch missing;

  Arrivals(int subscribers) {
    this.servedAt = new long[subscribers];
    this.missing = new CountDownLatch(subscribers);
  }

  /** A subscriber serves it now; told once for each. */
  void arrived(int subscriber) {
    servedAt[subscriber] = System.nanoTime();
    missing.countDown();
  }

  /**
   * Waits for all of them.
   *
   * @param since a moment of {@link System#nanoTime}
   * @return seconds from then until each served it, by subscriber
   * @throws Fault TIMEOUT if one is missing after the patience
   */
  double[] secondsSince(long since, Duration patience) throws InterruptedException {
    if (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new Fault(
          FaultCode.TIMEOUT,
          "%d subscribers do not serve a version after %d s"
              .formatted(missing.getCount(), patience.toSeconds()));
    }
    double[] seconds = new double[servedAt.length];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = (servedAt[i] - since) / 1e9;
    }
    return seconds;
  }
}
