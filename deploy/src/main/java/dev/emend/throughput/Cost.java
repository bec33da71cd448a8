package dev.emend.throughput;

/**
 * What it took to bring a load through a topology.
 *
 * @param seconds by the clock
 * @param streamSeconds that processors worked for the stream threads
 * @param processSeconds likewise for the whole process
 */
public record Cost(double seconds, double streamSeconds, double processSeconds) {

  static Meter begin() {
    return new Meter(System.nanoTime(), CpuClock.now());
  }

  /** What it took so far is measured from the beginning. */
  record Meter(long start, CpuClock before) {

    Cost end() {
      double seconds = (System.nanoTime() - start) / 1e9;
      CpuClock worked = CpuClock.now().since(before);
      return new Cost(seconds, worked.streams() / 1e9, worked.process() / 1e9);
    }
  }
}
