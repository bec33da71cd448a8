package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.progress.Progress;
import dev.emend.schedule.ConsolidationRule;
import dev.emend.schedule.Objectives;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.simulate.BenchRow;
import dev.emend.schedule.simulate.Candidate;
import dev.emend.schedule.simulate.Pattern;
import dev.emend.schedule.simulate.ScheduleBench;
import dev.emend.schedule.simulate.Setting;
import dev.emend.size.ByteSize;
import dev.emend.table.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench schedule}. */
@Command(
    name = "schedule",
    sortOptions = false,
    description =
        "Simulates the scheduler on patterns of arrival, against the best fixed window of each.")
final class BenchScheduleCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @ArgGroup(multiplicity = "1")
  private SimulatedWorkerOptions worker = new SimulatedWorkerOptions();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of each pattern (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Length of a run: the time of so many of the largest windows (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(
      names = "--min-efficacy",
      paramLabel = "SHARE",
      defaultValue = "0.8",
      description =
          "Floor that all keep: facts of a window that hold; 0: none (default: ${DEFAULT-VALUE}).")
  private double minEfficacy;

  @Option(
      names = "--min-locality",
      paramLabel = "SHARE",
      defaultValue = "0.8",
      description =
          "Floor that all keep: neighbours that stay; 0: none (default: ${DEFAULT-VALUE}).")
  private double minLocality;

  @Option(
      names = "--worker-memory",
      paramLabel = "SIZE",
      defaultValue = "0B",
      description =
          "Budget that all keep: most memory of the worker; 0B: any (default: ${DEFAULT-VALUE}).")
  private String memory = "0B";

  @Override
  public Integer call() {
    if (seeds < 1 || windows < 1) {
      throw new Fault(FaultCode.USAGE, "--seeds and --windows must be at least 1");
    }
    report.check();
    ScheduleBench bench =
        new ScheduleBench(objectives(), worker.learned(), Setting.STANDARD, windows);
    List<BenchRow> rows = run(bench, terminal.progress());
    tell(bench, rows);
    report.write(summary(bench, rows));
    return CommandLine.ExitCode.OK;
  }

  private List<BenchRow> run(ScheduleBench bench, Progress progress) {
    List<Long> drawn = LongStream.rangeClosed(1, seeds).boxed().toList();
    List<BenchRow> rows = new ArrayList<>();
    for (Pattern pattern : Pattern.values()) {
      rows.add(bench.run(pattern, drawn));
      progress.at("patterns", rows.size(), Pattern.values().length);
    }
    return rows;
  }

  /** As the stream app has it by default. */
  private Objectives objectives() {
    return new Objectives(
        new WindowCap(128, ByteSize.parse("4MB")),
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        floors(),
        budget(),
        8,
        ConsolidationRule.NEVER);
  }

  private Floors floors() {
    try {
      return new Floors(minEfficacy, minLocality);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "" + e.getMessage(), e);
    }
  }

  private Optional<ByteSize> budget() {
    try {
      return Optional.of(ByteSize.parse(memory)).filter(size -> size.bytes() > 0);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "" + e.getMessage(), e);
    }
  }

  private void tell(ScheduleBench bench, List<BenchRow> rows) {
    terminal.say(
        String.format(
            Locale.ROOT, "the worker's capacity is %.1f facts a second", bench.capacity()));
    TextTable table =
        TextTable.withCellsUpTo(
            20,
            "pattern",
            "p50 s",
            "p99 s",
            "cold p99",
            "best size",
            "p99",
            "best time",
            "p99",
            "p99 ratio",
            "median",
            "worst",
            "throughput");
    for (BenchRow row : rows) {
      table.row(
          row.pattern().name().toLowerCase(Locale.ROOT),
          seconds(row.calibrated().p50()),
          seconds(row.calibrated().p99()),
          seconds(row.cold().p99()),
          row.size().map(Candidate::name).orElse("none fair"),
          row.size().map(size -> seconds(size.p99())).orElse(""),
          row.time().map(Candidate::name).orElse("none fair"),
          row.time().map(time -> seconds(time.p99())).orElse(""),
          seconds(row.latencyRatio()),
          seconds(median(row.latencyRatios())),
          seconds(row.latencyRatios().get(seeds - 1)),
          seconds(row.throughputRatio()));
    }
    table.lines().forEach(terminal::say);
  }

  private static double median(List<Double> ascending) {
    int middle = ascending.size() / 2;
    return ascending.size() % 2 == 1
        ? ascending.get(middle)
        : (ascending.get(middle - 1) + ascending.get(middle)) / 2;
  }

  /** A row for each pattern, and how the scheduler did on the worst. */
  private static Map<String, Object> summary(ScheduleBench bench, List<BenchRow> rows) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("capacity", bench.capacity());
    map.put("patterns", rows.stream().map(BenchScheduleCommand::row).toList());
    map.put(
        "worst_p99_ratio", rows.stream().mapToDouble(BenchRow::latencyRatio).max().orElseThrow());
    map.put(
        "worst_throughput_ratio",
        rows.stream().mapToDouble(BenchRow::throughputRatio).min().orElseThrow());
    return map;
  }

  private static Map<String, Object> row(BenchRow row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pattern", row.pattern());
    map.put("scheduler", figures(row.calibrated()));
    map.put("cold", figures(row.cold()));
    row.size().ifPresent(size -> map.put("best_size", figures(size)));
    row.time().ifPresent(time -> map.put("best_time", figures(time)));
    map.put("p99_ratio", row.latencyRatio());
    map.put("p99_ratio_median", median(row.latencyRatios()));
    map.put("p99_ratios", row.latencyRatios());
    map.put("throughput_ratio", row.throughputRatio());
    return map;
  }

  private static Map<String, Object> figures(Candidate candidate) {
    return Map.of(
        "name", candidate.name(),
        "p50", candidate.p50(),
        "p99", candidate.p99(),
        "throughput", candidate.throughput(),
        "windows", candidate.windows(),
        "broken", candidate.broken(),
        "runs", candidate.runs());
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
