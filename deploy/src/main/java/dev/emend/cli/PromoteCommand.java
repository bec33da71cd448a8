package dev.emend.cli;

import dev.emend.event.OrderKind;
import dev.emend.event.WorkerOrder;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.order.OrderDesk;
import dev.emend.order.OrderResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "1m",
      description = "How long to wait for the worker at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Mixin private OrderedByOption by;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    if (version.filter(number -> number < 1).isPresent()) {
      throw new Fault(FaultCode.USAGE, "--to must be a version, 1 or above, not " + version.get());
    }
    WorkerOrder order =
        WorkerOrder.newBuilder()
            .setKind(OrderKind.PROMOTE)
            .setVersion(version.orElse(null))
            .setOrderedBy(by.name())
            .build();
    OrderResult result =
        new OrderDesk(broker.connection(), broker.topics())
            .send(model.name(), "promote-" + UUID.randomUUID(), order, timeout);
    result
        .refusal()
        .ifPresent(
            why -> {
              throw new Fault(FaultCode.VERSION_CHAIN, why);
            });
    long live = result.version().orElseThrow();
    terminal.say("live of %s points to version %d".formatted(model.name(), live));
    report.write(Map.of("model", model.name(), "live", live));
    return CommandLine.ExitCode.OK;
  }
}
