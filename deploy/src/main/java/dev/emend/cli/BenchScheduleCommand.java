package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.Calibration;
import dev.emend.feedback.CalibrationFile;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
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

  @Option(
      names = "--calibration",
      paramLabel = "PATH",
      required = true,
      description = "What the simulated worker is like: a file or folder of emend calibrate.")
  private Path calibration;

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

  /** The report: a row for each pattern, and how the scheduler did on the worst. */
  private record Result(
      double capacity,
      List<Map<String, Object>> patterns,
      double worstP99Ratio,
      double worstThroughputRatio) {}

  @Override
  public Integer call() {
    if (seeds < 1 || windows < 1) {
      throw new Fault(FaultCode.USAGE, "--seeds and --windows must be at least 1");
    }
    report.check();
    Calibration measured = CalibrationFile.read(calibration);
    ScheduleBench bench =
        new ScheduleBench(objectives(), measured.learned(), Setting.STANDARD, windows);
    List<BenchRow> rows = run(bench, terminal.progress());
    tell(bench, rows);
    report.write(
        new Result(
            bench.capacity(),
            rows.stream().map(BenchScheduleCommand::row).toList(),
            rows.stream().mapToDouble(BenchRow::latencyRatio).max().orElseThrow(),
            rows.stream().mapToDouble(BenchRow::throughputRatio).min().orElseThrow()));
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

  /** As the stream app has it by default, but without floors: time is what is compared. */
  private static Objectives objectives() {
    return new Objectives(
        new WindowCap(128, ByteSize.parse("4MB")),
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        Floors.NONE,
        Optional.empty(),
        8,
        ConsolidationRule.NEVER);
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
            "throughput");
    for (BenchRow row : rows) {
      table.row(
          row.pattern().name().toLowerCase(Locale.ROOT),
          seconds(row.calibrated().p50()),
          seconds(row.calibrated().p99()),
          seconds(row.cold().p99()),
          row.size().name(),
          seconds(row.size().p99()),
          row.time().name(),
          seconds(row.time().p99()),
          seconds(row.latencyRatio()),
          seconds(row.throughputRatio()));
    }
    table.lines().forEach(terminal::say);
  }

  private static Map<String, Object> row(BenchRow row) {
    return Map.of(
        "pattern", row.pattern(),
        "scheduler", figures(row.calibrated()),
        "cold", figures(row.cold()),
        "best_size", figures(row.size()),
        "best_time", figures(row.time()),
        "p99_ratio", row.latencyRatio(),
        "throughput_ratio", row.throughputRatio());
  }

  private static Map<String, Object> figures(Candidate candidate) {
    return Map.of(
        "name", candidate.name(),
        "p50", candidate.p50(),
        "p99", candidate.p99(),
        "throughput", candidate.throughput(),
        "windows", candidate.windows(),
        "runs", candidate.runs());
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
