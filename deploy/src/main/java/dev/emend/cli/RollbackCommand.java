package dev.emend.cli;

import dev.emend.event.OrderKind;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend rollback}. */
@Command(
    name = "rollback",
    sortOptions = false,
    description = {
      "Publishes a new version with the weights and the facts of an earlier one.",
      "Nothing is deleted: the versions in between stay in the log, and can be rolled back to.",
      "Events that are undone get the outcome ROLLED_BACK; publish them anew to tell them again."
    })
final class RollbackCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      required = true,
      description = "The version to go back to; 0 is the base model.")
  private long version;

  @Mixin private OrderOptions order;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    if (version < 0) {
      throw new Fault(FaultCode.USAGE, "--to must be a version, 0 or above, not " + version);
    }
    long published = order.give(OrderKind.ROLLBACK, version);
    terminal.say(
        "version %d of %s has the weights and facts of version %d"
            .formatted(published, order.model(), version));
    report.write(Map.of("model", order.model(), "to", version, "version", published));
    return CommandLine.ExitCode.OK;
  }
}
