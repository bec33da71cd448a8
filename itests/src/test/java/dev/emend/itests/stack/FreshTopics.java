package dev.emend.itests.stack;

import dev.emend.topic.CompatibilitySetup;
import dev.emend.topic.Connection;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.TopicReport;
import dev.emend.topic.Topics;
import dev.emend.wire.SchemaRegistryClient;
import dev.emend.wire.WireConfig;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/**
 * A set of topics of one test's own, created on the shared broker under a random prefix, with their
 * schemas registered. Thread-safe.
 *
 * @param servers where they are
 * @param topics their names
 * @param created what the creator reported
 */
public record FreshTopics(Servers servers, Topics topics, TopicReport created) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Creates the set on the shared servers. */
  public static FreshTopics create() {
    Servers servers = SharedServers.get();
    Topics topics = Topics.named("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
    new CompatibilitySetup(registry(servers)).apply(topics);
    return new FreshTopics(servers, topics, ensure(servers, topics));
  }

  /** Asks for the set once more. */
  public TopicReport ensureAgain() {
    return ensure(servers, topics);
  }

  /** How clients reach these topics; apps find the names by the prefix in it. */
  public Connection connection() {
    return Connection.to(servers.bootstrapServers(), servers.registryUrl().toString())
        .with("emend.topic.prefix", topics.prefix());
  }

  private static SchemaRegistryClient registry(Servers servers) {
    return SchemaRegistryClient.from(
        Map.of(WireConfig.REGISTRY_URL, servers.registryUrl().toString()));
  }

  private static TopicReport ensure(Servers servers, Topics topics) {
    try (Admin admin =
        Admin.create(
            Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                (Object) servers.bootstrapServers()))) {
      return new TopicCreator(admin, PATIENCE).ensure(topics);
    }
  }
}
