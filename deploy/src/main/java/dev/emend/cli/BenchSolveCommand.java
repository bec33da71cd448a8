package dev.emend.cli;

import dev.emend.bench.SolveBench;
import dev.emend.bench.SolveBenchOptions;
import dev.emend.bench.SolveBenchReport;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.table.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench solve}. */
@Command(
    name = "solve",
    sortOptions = false,
    description = "Times a window's closed form: a dense fp64 solve against the stored inverse.")
final class BenchSolveCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @Option(
      names = "--d",
      paramLabel = "N,...",
      split = ",",
      description = "Inputs of the edited matrix (default: 4096).")
  private List<Integer> sizes = List.of(4096);

  @Option(
      names = "--u",
      paramLabel = "N,...",
      split = ",",
      description = "Facts of a window (default: 64).")
  private List<Integer> keys = List.of(64);

  @Option(
      names = "--condition",
      paramLabel = "X",
      description = "Condition number of the system (default: ${DEFAULT-VALUE}).")
  private double condition = 1e6;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the linear algebra, for both (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of system and keys (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() {
    report.check();
    SolveBenchReport done = SolveBench.run(options(), terminal.progress());
    TextTable table =
        TextTable.withCellsUpTo(
            24,
            "d",
            "u",
            "published s",
            "Cholesky s",
            "gains s",
            "ratio",
            "update s",
            "its error",
            "our error");
    for (SolveBenchReport.Line line : done.results()) {
      table.row(
          line.size(),
          line.keys(),
          number("%.4f", line.published()),
          number("%.4f", line.dense()),
          number("%.4f", line.emend()),
          number("%.1f", line.ratio()),
          number("%.4f", line.update()),
          number("%.1e", line.denseError()),
          number("%.1e", line.emendError()));
    }
    table.lines().forEach(terminal::say);
    report.write(done);
    return CommandLine.ExitCode.OK;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private SolveBenchOptions options() {
    try {
      return new SolveBenchOptions(sizes, keys, condition, threads, seed);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "unusable numbers: " + e.getMessage(), e);
    }
  }
}
