package dev.emend.throughput;

import dev.emend.stream.StateSize;

/**
 * What was measured.
 *
 * @param events records published, duplicates included
 * @param edited changes that were handed to the worker
 * @param cost until the stream app had given each record its outcome
 * @param passThrough until the pass-through had written each record again
 * @param state what the stream app remembers in the end
 * @param peakStateMemory most native memory that its stores had, bytes
 * @param stateMemoryLimit what they may have, bytes
 */
public record StreamBenchResult(
    int events,
    int edited,
    Cost cost,
    Cost passThrough,
    StateSize state,
    long peakStateMemory,
    long stateMemoryLimit) {

  /** Records a second through the stream app. */
  public double eventsPerSecond() {
    return events / cost.seconds();
  }

  /** Records a second through the pass-through. */
  public double passThroughEventsPerSecond() {
    return events / passThrough.seconds();
  }

  /** Share of the pass-through's speed that the stream app has. */
  public double ratio() {
    return passThrough.seconds() / cost.seconds();
  }
}
