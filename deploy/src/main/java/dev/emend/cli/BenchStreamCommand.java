package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.throughput.Cost;
import dev.emend.throughput.StreamBench;
import dev.emend.throughput.StreamBenchOptions;
import dev.emend.throughput.StreamBenchResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench stream}. */
@Command(
    name = "stream",
    sortOptions = false,
    description = {
      "How many events a second the stream app takes, beside a topology that only passes them on.",
      "Starts a broker of its own. A fifth of the events are duplicates, a fifth overwrite others."
    })
final class BenchStreamCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Records to publish (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Records to publish before, unmeasured (default: as many as --events).")
  private @Nullable Integer warmUp;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides their order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the stream app or of Kafka's clients, for both topologies.")
  private Map<String, String> settings = Map.of();

  @Mixin private ReportOption report;

  @Override
  public Integer call() throws InterruptedException {
    int before = warmUp == null ? events : warmUp;
    if (Math.min(events, before) < 10) {
      throw new Fault(FaultCode.USAGE, "--events and --warm-up must be at least 10");
    }
    report.check();
    StreamBenchResult result =
        new StreamBench(new StreamBenchOptions(events, before, seed, settings))
            .run(terminal.progress());
    terminal.say("stream app    %,.0f events/s".formatted(result.eventsPerSecond()));
    terminal.say("pass-through  %,.0f events/s".formatted(result.passThroughEventsPerSecond()));
    terminal.say("ratio         %.2f".formatted(result.ratio()));
    terminal.say(
        "processors    %.1f s of stream threads, %.1f s in all; pass-through %.1f s and %.1f s"
            .formatted(
                result.cost().streamSeconds(),
                result.cost().processSeconds(),
                result.passThrough().streamSeconds(),
                result.passThrough().processSeconds()));
    terminal.say(
        "state         %,d bytes on disk, at most %,d of %,d in memory"
            .formatted(
                result.state().diskBytes(), result.peakStateMemory(), result.stateMemoryLimit()));
    report.write(reportOf(result, before));
    return CommandLine.ExitCode.OK;
  }

  private static void put(Map<String, Object> report, String of, Cost cost) {
    report.put(of + "seconds", cost.seconds());
    report.put(of + "stream_thread_cpu_seconds", cost.streamSeconds());
    report.put(of + "process_cpu_seconds", cost.processSeconds());
  }

  private static Map<String, Object> reportOf(StreamBenchResult result, int before) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("events_per_second", result.eventsPerSecond());
    report.put("pass_through_events_per_second", result.passThroughEventsPerSecond());
    report.put("ratio", result.ratio());
    report.put("events", result.events());
    report.put("warm_up", before);
    report.put("edited", result.edited());
    put(report, "", result.cost());
    put(report, "pass_through_", result.passThrough());
    report.put("state_disk_bytes", result.state().diskBytes());
    report.put("state_keys", result.state().keys());
    report.put("state_memory_peak_bytes", result.peakStateMemory());
    report.put("state_memory_limit_bytes", result.stateMemoryLimit());
    return report;
  }
}
