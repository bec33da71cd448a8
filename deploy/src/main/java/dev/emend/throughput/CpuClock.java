package dev.emend.throughput;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;

/**
 * How long processors worked for one topology: a figure that other work on the machine changes
 * little, where the time by the clock may be anything.
 *
 * @param streams nanoseconds of the stream threads that live
 * @param process nanoseconds of the whole process: the broker, the worker and the counting too
 */
record CpuClock(long streams, long process) {
  private static final String STREAM_THREAD = "StreamThread";

  /** So far. */
  static CpuClock now() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long streams =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(Objects::nonNull)
            .filter(thread -> thread.getThreadName().contains(STREAM_THREAD + "-"))
            .filter(thread -> !thread.getThreadName().contains("producer"))
            .mapToLong(ThreadInfo::getThreadId)
            .map(threads::getThreadCpuTime)
            .filter(time -> time > 0)
            .sum();
    long process =
        ProcessHandle.current().info().totalCpuDuration().map(time -> time.toNanos()).orElse(0L);
    return new CpuClock(streams, process);
  }

  /** Between an earlier instant and this one. */
  CpuClock since(CpuClock earlier) {
    return new CpuClock(streams - earlier.streams, process - earlier.process);
  }
}
