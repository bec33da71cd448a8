package dev.emend.cli;

import dev.emend.event.OrderKind;
import dev.emend.event.WorkerOrder;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.order.OrderDesk;
import dev.emend.order.OrderResult;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
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

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "5m",
      description = "How long to wait for the worker at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Mixin private OrderedByOption by;
  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;
  @Mixin private ReportOption report;

  @Override
  public Integer call() {
    report.check();
    if (version < 0) {
      throw new Fault(FaultCode.USAGE, "--to must be a version, 0 or above, not " + version);
    }
    WorkerOrder order =
        WorkerOrder.newBuilder()
            .setKind(OrderKind.ROLLBACK)
            .setVersion(version)
            .setOrderedBy(by.name())
            .build();
    OrderResult result =
        new OrderDesk(broker.connection(), broker.topics())
            .send(model.name(), "rollback-" + UUID.randomUUID(), order, timeout);
    result
        .refusal()
        .ifPresent(
            why -> {
              throw new Fault(FaultCode.VERSION_CHAIN, why);
            });
    long published = result.version().orElseThrow();
    terminal.say(
        "version %d of %s has the weights and facts of version %d"
            .formatted(published, model.name(), version));
    report.write(Map.of("model", model.name(), "to", version, "version", published));
    return CommandLine.ExitCode.OK;
  }
}
