package dev.emend.cli;

import dev.emend.evaluate.EditReport;
import dev.emend.evaluate.OfflineEdit;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditOverrides;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend edit}. */
@Command(
    name = "edit",
    sortOptions = false,
    description = "Writes facts into a model folder without a stream: the same editor, offline.")
final class EditCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ModelOption model;
  @Mixin private ReportOption report;
  @Mixin private EditOptions numbers;
  @Mixin private ExportOption export;

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      required = true,
      description = "Facts: our JSON lines, CounterFact or EasyEdit's schemas.")
  private Path facts;

  @Option(names = "--cases", paramLabel = "N", description = "Only the first N facts.")
  private Optional<Integer> cases = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write.")
  private Path out;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Facts edited together (default: " + OfflineEdit.Options.WINDOW + ").")
  private int window = OfflineEdit.Options.WINDOW;

  @Option(
      names = "--consolidate",
      description =
          "In the end, write all facts anew from the base weights as one update, with the targets"
              + " that were found.")
  private boolean consolidate;

  @Mixin private StatisticsOption statistics;

  @Override
  public Integer call() {
    report.check();
    EditReport done = OfflineEdit.run(options(), terminal.progress());
    for (EditReport.Refusal refusal : done.rejections()) {
      terminal.complain(
          new Fault(
              FaultCode.FACT_INVALID,
              refusal.fact() + " was not edited: " + refusal.reason() + ", " + refusal.detail()));
    }
    terminal.say(
        String.format(
            Locale.ROOT,
            "%d edits in %d windows, %.1f s (%.2f s an edit), %d refused",
            done.edits(),
            done.windows(),
            done.seconds().total(),
            done.secondsPerEdit(),
            done.rejected()));
    terminal.say("wrote " + out + ", digest " + done.resultDigest());
    if (done.export().lost() > 0) {
      terminal.say(
          String.format(
              Locale.ROOT,
              "in %s %.1f %% of the changed values are stored as before; error %.2g of the change",
              done.export().dtype(),
              100 * done.export().lostShare(),
              done.export().relativeError()));
    }
    report.write(done);
    return done.rejected() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private OfflineEdit.Options options() {
    if (window < 1) {
      throw new Fault(FaultCode.USAGE, "--window must be at least 1, not " + window);
    }
    if (cases.isPresent() && cases.get() < 1) {
      throw new Fault(FaultCode.USAGE, "--cases must be at least 1, not " + cases.get());
    }
    EditOverrides overrides = numbers.overrides();
    return new OfflineEdit.Options(
        model.folder(),
        facts,
        cases,
        out,
        window,
        consolidate,
        overrides,
        statistics.file(),
        model.options(),
        export.export());
  }
}
