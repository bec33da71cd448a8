package dev.emend.cli;

import dev.emend.bench.EditBench;
import dev.emend.bench.EditBenchOptions;
import dev.emend.bench.EditBenchReport;
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

/** {@code emend bench edit}. */
@Command(
    name = "edit",
    sortOptions = false,
    description =
        "Times the published algorithm and ours on the same facts, model and threads, in one run.")
final class BenchEditCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--windows",
      paramLabel = "N,...",
      split = ",",
      description = "Facts edited together (default: 1, 10, 100).")
  private List<Integer> windows = List.of(1, 10, 100);

  @Option(
      names = "--reference-edits",
      paramLabel = "N",
      description =
          "Most edits whose published search is timed in a window; the others count as long"
              + " (default: ${DEFAULT-VALUE}).")
  private int referenceEdits = 100;

  @Override
  public Integer call() {
    report.check();
    EditBenchReport done = EditBench.run(options(), terminal.progress());
    TextTable table =
        TextTable.withCellsUpTo(
            24,
            "window",
            "published s",
            "exact s",
            "ratio",
            "fast s",
            "ratio",
            "one step s",
            "ratio",
            "share of GEMM");
    for (EditBenchReport.Line line : done.results()) {
      table.row(
          line.window(),
          number("%.2f", line.reference().total()),
          number("%.2f", line.emend().total()),
          number("%.1f", line.ratio()),
          number("%.2f", line.fast().total()),
          number("%.1f", line.ratioFast()),
          number("%.2f", line.oneStep().total()),
          number("%.1f", line.ratioOneStep()),
          number("%.0f %%", 100 * line.productShare()));
    }
    table.lines().forEach(terminal::say);
    report.write(done);
    return CommandLine.ExitCode.OK;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private EditBenchOptions options() {
    try {
      return new EditBenchOptions(
          model.folder(), dataset.file(), windows, referenceEdits, model.options());
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "unusable numbers: " + e.getMessage(), e);
    }
  }
}
