package dev.emend.itests.chaos.role;

import dev.emend.local.Broker;
import java.util.Optional;

/** A broker. */
final class BrokerRole implements Role {
  private final Broker broker;

  private BrokerRole(Broker broker) {
    this.broker = broker;
  }

  public static void main(String[] arguments) {
    RoleProcess.live(
        arguments,
        settings -> new BrokerRole(Broker.start(settings.path("data"), settings.number("port"))));
  }

  @Override
  public Optional<String> broken() {
    return Optional.empty();
  }

  @Override
  public String answer(String[] command) {
    return broker.address();
  }

  @Override
  public void close() {
    broker.close();
  }
}
