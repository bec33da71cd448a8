package dev.emend.cli;

import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.Topic;
import dev.emend.topic.Topics;
import dev.emend.wire.WireConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Option;

/** Which broker, which registry, which topics. */
final class BrokerOptions {
  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker (default: localhost:9092).")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "The schema registry (default: http://localhost:8081).")
  private Optional<String> registry = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Kafka client properties, with Confluent's names for the registry's.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "What stands before the names of the topics (default: nothing).")
  private String topicPrefix;

  /** The file's settings, replaced by those given by name. */
  Connection connection() {
    Map<String, String> named = new HashMap<>();
    bootstrap.ifPresent(address -> named.put(BOOTSTRAP, address));
    registry.ifPresent(address -> named.put(WireConfig.REGISTRY_URL, address));
    if (config.isPresent()) {
      return Connection.read(config.get(), named);
    }
    named.putIfAbsent(BOOTSTRAP, "localhost:9092");
    named.putIfAbsent(WireConfig.REGISTRY_URL, "http://localhost:8081");
    return new Connection(named);
  }

  /**
   * The same, once broker and registry have answered: a publisher of many events would otherwise
   * wait for each of them before it says that nobody is there.
   */
  Connection reached() {
    Connection connection = connection();
    connection.registry().latest(topics().subject(Topic.FACTS));
    try (Admin admin = Admin.create(connection.toClientConfig())) {
      BrokerFaults.await("answer", admin.describeCluster().nodes(), PATIENCE);
    }
    return connection;
  }

  /** The topics to use. */
  Topics topics() {
    return Topics.named(topicPrefix);
  }
}
