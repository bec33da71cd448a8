package dev.emend.throughput;

import dev.emend.local.LocalStack;
import dev.emend.local.LocalStackOptions;
import dev.emend.progress.Progress;

/**
 * Publishes a load to a broker of its own, lets a pass-through topology and then the stream app
 * read it from the beginning, and times both from the moment they run until all of what they write
 * can be read as committed. Another load goes first through both, so that neither is measured while
 * the compiler works, which takes a processor for itself. Immutable.
 */
public final class StreamBench {
  private final StreamBenchOptions options;

  /** A measurement; {@link #run} does the work. */
  public StreamBench(StreamBenchOptions options) {
    this.options = options;
  }

  /**
   * Measures.
   *
   * @throws dev.emend.fault.Fault TIMEOUT if outcomes are missing, INTERNAL if events are
   */
  public StreamBenchResult run(Progress progress) throws InterruptedException {
    try (LocalStack stack = LocalStack.start(LocalStackOptions.temporary())) {
      EventLoad warmUp = EventLoad.of(options.warmUp(), options.seed());
      new StreamBenchRound(stack, "warm-", options, warmUp).run(progress);
      EventLoad load = EventLoad.of(options.events(), options.seed());
      return new StreamBenchRound(stack, "", options, load).run(progress);
    }
  }
}
