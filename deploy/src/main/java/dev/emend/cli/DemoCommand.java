package dev.emend.cli;

import dev.emend.demo.Demo;
import dev.emend.demo.DemoReport;
import dev.emend.demo.DemoResult;
import dev.emend.demo.Story;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend demo}. */
@Command(
    name = "demo",
    sortOptions = false,
    description =
        "Shows the whole idea on this machine: real fact changes in, a model that knows them out.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The base model (default: the one that comes with Emend).")
  private Optional<Path> model = Optional.empty();

  @Override
  public Integer call() throws Exception {
    report.check();
    Path base = model.orElseGet(ShippedModel::folder);
    try (Demo demo = new Demo(base, new Story(terminal::say), terminal.progress())) {
      DemoResult result = ShutdownHook.closing(demo, demo::run);
      report.write(DemoReport.of(result));
      return result.holds() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }
}
