package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.throughput.StreamBench;
import dev.emend.throughput.StreamBenchOptions;
import dev.emend.throughput.StreamBenchResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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
    if (events < 10) {
      throw new Fault(FaultCode.USAGE, "--events must be at least 10");
    }
    report.check();
    StreamBenchResult result =
        new StreamBench(new StreamBenchOptions(events, seed, settings)).run(terminal.progress());
    terminal.say("stream app    %,.0f events/s".formatted(result.eventsPerSecond()));
    terminal.say("pass-through  %,.0f events/s".formatted(result.passThroughEventsPerSecond()));
    terminal.say("ratio         %.2f".formatted(result.ratio()));
    terminal.say(
        "state         %,d bytes on disk, at most %,d of %,d in memory"
            .formatted(
                result.state().diskBytes(), result.peakStateMemory(), result.stateMemoryLimit()));
    report.write(reportOf(result));
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, Object> reportOf(StreamBenchResult result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("events_per_second", result.eventsPerSecond());
    report.put("pass_through_events_per_second", result.passThroughEventsPerSecond());
    report.put("ratio", result.ratio());
    report.put("events", result.events());
    report.put("edited", result.edited());
    report.put("seconds", result.seconds());
    report.put("pass_through_seconds", result.passThroughSeconds());
    report.put("state_disk_bytes", result.state().diskBytes());
    report.put("state_keys", result.state().keys());
    report.put("state_memory_peak_bytes", result.peakStateMemory());
    report.put("state_memory_limit_bytes", result.stateMemoryLimit());
    return report;
  }
}
