package dev.emend.cli;

import dev.emend.calibrate.CalibrationPlots;
import dev.emend.calibrate.CalibrationRun;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.Calibration;
import dev.emend.feedback.CalibrationFile;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.WindowCost;
import dev.emend.table.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend calibrate}. */
@Command(
    name = "calibrate",
    sortOptions = false,
    description = "Measures windows of many sizes and fits what the scheduler predicts them with.")
final class CalibrateCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder for " + CalibrationFile.NAME + " and the plots.")
  private Path out;

  @Option(
      names = "--sizes",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "1,2,4,8,16,32,64,128",
      description = "Facts of a window (default: ${DEFAULT-VALUE}).")
  private List<Integer> sizes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "4",
      description = "How often each size is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    report.check();
    Calibration calibration = CalibrationRun.run(options(), terminal.progress());
    Path file = CalibrationFile.write(calibration, out);
    tell(Learning.from(calibration.learned()));
    terminal.say("wrote " + file);
    new CalibrationPlots(calibration).write(out).forEach(plot -> terminal.say("wrote " + plot));
    report.write(calibration);
    return CommandLine.ExitCode.OK;
  }

  private CalibrationRun.Options options() {
    try {
      return new CalibrationRun.Options(
          model.folder(), dataset.file(), sizes, rounds, seed, model.options());
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "" + e.getMessage(), e);
    }
  }

  private void tell(Learning fitted) {
    WindowCost cost = fitted.latency().cost();
    terminal.say(
        String.format(
            Locale.ROOT,
            "a window takes %.3f s and %.3f s for each fact",
            cost.perWindow(),
            cost.perFact()));
    TextTable table = TextTable.withCellsUpTo(20, "facts", "seconds", "efficacy", "locality");
    for (int size : sizes) {
      table.row(
          Integer.toString(size),
          String.format(Locale.ROOT, "%.2f", cost.seconds(size)),
          String.format(Locale.ROOT, "%.3f", fitted.effect().efficacy().share(size, 0).mean()),
          String.format(Locale.ROOT, "%.3f", fitted.effect().locality().share(size, 0).mean()));
    }
    table.lines().forEach(terminal::say);
  }
}
