package dev.emend.cli;

import dev.emend.event.OrderKind;
import dev.emend.event.WorkerOrder;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.order.OrderDesk;
import dev.emend.order.OrderResult;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who orders something of a worker, and how long the answer may take. */
final class OrderOptions {
  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who orders it, for the audit trail (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "5m",
      description = "How long to wait for the worker at most (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Mixin private ModelNameOption model;
  @Mixin private BrokerOptions broker;

  /**
   * Gives the order and waits until it is carried out.
   *
   * @return the version that the worker answers with
   * @throws Fault VERSION_CHAIN if the worker refuses
   */
  long give(OrderKind kind, @Nullable Long version) {
    WorkerOrder order =
        WorkerOrder.newBuilder().setKind(kind).setVersion(version).setOrderedBy(name).build();
    String id = kind.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID();
    OrderResult result =
        new OrderDesk(broker.connection(), broker.topics()).send(model(), id, order, timeout);
    result
        .refusal()
        .ifPresent(
            why -> {
              throw new Fault(FaultCode.VERSION_CHAIN, why);
            });
    return result.version().orElseThrow();
  }

  /** The model that it is about. */
  String model() {
    return model.name();
  }
}
