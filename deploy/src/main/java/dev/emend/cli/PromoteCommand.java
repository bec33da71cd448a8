package dev.emend.cli;

import dev.emend.event.OrderKind;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend promote}. */
@Command(
    name = "promote",
    sortOptions = false,
    description = {
      "Makes a version live that is canary so far, whether its soak is over or not.",
      "Subscribers that follow the alias live go over to it."
    })
final class PromoteCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version to make live (default: the newest).")
  private Optional<Long> version = Optional.empty();

  @Mixin private OrderOptions order;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    if (version.filter(number -> number < 1).isPresent()) {
      throw new Fault(FaultCode.USAGE, "--to must be a version, 1 or above, not " + version.get());
    }
    long live = order.give(OrderKind.PROMOTE, version.orElse(null));
    terminal.say("live of %s points to version %d".formatted(order.model(), live));
    report.write(Map.of("model", order.model(), "live", live));
    return CommandLine.ExitCode.OK;
  }
}
