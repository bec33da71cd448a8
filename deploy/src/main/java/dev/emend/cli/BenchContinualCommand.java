package dev.emend.cli;

import dev.emend.bench.ContinualBench;
import dev.emend.bench.ContinualReport;
import dev.emend.bench.ContinualReport.Window;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.plot.StreamPlot;
import dev.emend.table.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench continual}. */
@Command(
    name = "continual",
    sortOptions = false,
    description = {
      "Whether late windows of a long stream cost what early ones do, and what it costs to keep"
          + " and load its state and to consolidate it."
    })
final class BenchContinualCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;
  @Mixin private PlotOption plot;

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      required = true,
      description = "Cases with a new and a true object, such as CounterFact.")
  private Path facts;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "500",
      description = "Windows to edit (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "4",
      description = "Facts edited together (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--pool",
      paramLabel = "N",
      defaultValue = "400",
      description = "Different facts, told again and again (default: ${DEFAULT-VALUE}).")
  private int pool;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where the state is kept (default: a folder that is deleted in the end).")
  private Optional<Path> state = Optional.empty();

  @Override
  public Integer call() {
    report.check();
    plot.check();
    if (state.isPresent()) {
      run(state.get());
    } else {
      withTemporaryState();
    }
    return CommandLine.ExitCode.OK;
  }

  private void withTemporaryState() {
    try {
      Path folder = Files.createTempDirectory("emend-bench");
      try {
        run(folder);
      } finally {
        for (String file : new String[] {"key-memory.bin", "ledger.bin"}) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "no temporary folder: " + e.getMessage(), e);
    }
  }

  private void run(Path folder) {
    ContinualReport done =
        ContinualBench.run(
            new ContinualBench.Options(
                model.folder(), facts, windows, window, pool, folder, model.options()),
            terminal.progress());
    show(done);
    plot.draw(terminal, file -> StreamPlot.write(done, file));
    report.write(done);
  }

  private void show(ContinualReport done) {
    TextTable table =
        TextTable.withCellsUpTo(24, "windows", "seconds each", "processor seconds", "resident MB");
    row(table, done.first());
    row(table, done.last());
    table.lines().forEach(terminal::say);
    terminal.say(
        String.format(
            Locale.ROOT,
            "late by early: %.2f of the processor time, %.2f of the memory",
            done.secondsRatio(),
            done.residentRatio()));
    terminal.say(
        String.format(
            Locale.ROOT,
            "condition %.1e to %.1e, estimated error of the inverse at most %.1e, factored anew %s",
            condition(done).min().orElseThrow(),
            condition(done).max().orElseThrow(),
            done.windows().stream().mapToDouble(Window::error).max().orElseThrow(),
            done.factored().isEmpty() ? "never" : "after windows " + done.factored()));
    terminal.say(
        String.format(
            Locale.ROOT,
            "state of %d facts: %.1f MB, kept in %.2f s, loaded in %.2f s, computed in %.2f s",
            done.facts(),
            done.kept().bytes() / MEGABYTE,
            done.kept().save(),
            done.kept().load(),
            done.kept().factor()));
    terminal.say(String.format(Locale.ROOT, "consolidated in %.1f s", done.consolidation()));
  }

  private static DoubleStream condition(ContinualReport done) {
    return done.windows().stream().mapToDouble(window -> 1 / window.reciprocalCondition());
  }

  private static void row(TextTable table, ContinualReport.Stretch stretch) {
    table.row(
        stretch.from() + " to " + stretch.to(),
        String.format(Locale.ROOT, "%.3f", stretch.seconds()),
        String.format(Locale.ROOT, "%.3f", stretch.cpu()),
        String.format(Locale.ROOT, "%.0f", stretch.resident() / MEGABYTE));
  }
}
