package dev.emend.cli;

import dev.emend.evaluate.ParityCheck;
import dev.emend.evaluate.ParityReport;
import dev.emend.model.ModelOptions;
import dev.emend.table.TextTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend parity}. */
@Command(
    name = "parity",
    sortOptions = false,
    description = "Compares this implementation with recorded figures of the public ones.")
final class ParityCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @Option(
      names = "--fixtures",
      paramLabel = "DIR",
      required = true,
      description = "Folder of folders with cases.json and expected.safetensors.")
  private Path fixtures;

  @Override
  public Integer call() {
    report.check();
    ParityReport result = ParityCheck.run(fixtures, ModelOptions.defaults(), terminal.progress());
    TextTable table = TextTable.withCellsUpTo(90, "fixture", "quantity", "error", "tolerance", "");
    for (ParityReport.Fixture fixture : result.fixtures()) {
      if (fixture.unsupported() != null) {
        table.row(fixture.name(), "not supported yet", "", "", fixture.unsupported());
      }
      for (ParityReport.Quantity quantity : fixture.quantities()) {
        table.row(
            fixture.name(),
            quantity.name(),
            String.format(Locale.ROOT, "%.2e", quantity.error()),
            String.format(Locale.ROOT, "%.2e", quantity.tolerance()),
            quantity.verdict().name().toLowerCase(Locale.ROOT)
                + (quantity.note() == null ? "" : ", " + quantity.note()));
      }
    }
    table.lines().forEach(terminal::say);
    report.write(Map.of("fixtures", result.fixtures()));
    return result.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
