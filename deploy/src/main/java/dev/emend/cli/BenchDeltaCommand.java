package dev.emend.cli;

import dev.emend.bench.DeltaSize;
import dev.emend.bench.DeltaSizes;
import dev.emend.bench.RebuildBench;
import dev.emend.bench.RebuildRate;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.ModelOptions;
import dev.emend.table.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench delta}. */
@Command(
    name = "delta",
    sortOptions = false,
    description = "How fast a weight is rebuilt from a delta, and how large deltas are.")
final class BenchDeltaCommand implements Callable<Integer> {
  private static final int CELL = 20;

  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @Option(
      names = "--shape",
      paramLabel = "ROWSxCOLUMNS",
      defaultValue = "4096x14336",
      description = "The weight to rebuild (default: ${DEFAULT-VALUE}, as in a 7B model).")
  private String shape;

  @Option(
      names = "--ranks",
      split = ",",
      paramLabel = "RANK",
      defaultValue = "1,2,4,8,64,256",
      description = "Ranks to rebuild with (default: ${DEFAULT-VALUE}).")
  private List<Integer> ranks;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads besides one (default: as many as there are cores).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      description = "Facts to edit into the model, to weigh the deltas (default: none are).")
  private Optional<Path> facts = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The model they are edited into (default: the one that comes with Emend).")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--windows",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,10,100",
      description = "Facts edited together (default: ${DEFAULT-VALUE}).")
  private List<Integer> windows;

  @Override
  public Integer call() {
    report.check();
    int count = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (count < 1 || ranks.stream().anyMatch(rank -> rank < 1)) {
      throw new Fault(FaultCode.USAGE, "--threads and --ranks must be at least 1");
    }
    List<RebuildRate> rates = bench().rates(ranks, count, terminal.progress());
    show(rates);
    List<DeltaSize> sizes = facts.map(this::sizes).orElse(List.of());
    if (!sizes.isEmpty()) {
      showSizes(sizes);
    }
    report.write(Map.of("shape", shape, "rebuild", rates, "sizes", sizes));
    return CommandLine.ExitCode.OK;
  }

  private RebuildBench bench() {
    String[] sides = shape.split("x", -1);
    try {
      return new RebuildBench(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new Fault(FaultCode.USAGE, "--shape is for example 4096x14336, not " + shape, e);
    }
  }

  private List<DeltaSize> sizes(Path file) {
    return DeltaSizes.of(
        model.orElseGet(ShippedModel::folder),
        file,
        windows,
        ModelOptions.defaults(),
        terminal.progress());
  }

  private void show(List<RebuildRate> rates) {
    TextTable table =
        TextTable.withCellsUpTo(CELL, "rank", "threads", "GB/s", "of copy", "GF/s", "of GEMM");
    for (RebuildRate rate : rates) {
      table.row(
          rate.rank(),
          rate.threads(),
          String.format(Locale.ROOT, "%.1f", rate.gigabytesPerSecond()),
          String.format(Locale.ROOT, "%.0f %%", 100 * rate.shareOfCopy()),
          String.format(Locale.ROOT, "%.1f", rate.gigaflops()),
          String.format(Locale.ROOT, "%.0f %%", 100 * rate.shareOfGemm()));
    }
    table.lines().forEach(terminal::say);
  }

  private void showSizes(List<DeltaSize> sizes) {
    TextTable table =
        TextTable.withCellsUpTo(CELL, "facts", "plain", "published", "dense", "checkpoint");
    for (DeltaSize size : sizes) {
      table.row(
          size.facts(),
          size.plainBytes(),
          size.packedBytes(),
          size.denseBytes(),
          size.checkpointBytes());
    }
    table.lines().forEach(terminal::say);
  }
}
