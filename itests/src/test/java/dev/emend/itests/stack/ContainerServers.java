package dev.emend.itests.stack;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Testcontainers' stock broker beside a registry container. The images are Apache's and Apicurio's
 * own unless {@code EMEND_KAFKA_IMAGE} and {@code EMEND_REGISTRY_IMAGE} name others.
 */
final class ContainerServers implements Servers {
  private static final int REGISTRY_PORT = 8080;
  private static final String CONFLUENT_API = "/apis/ccompat/v7";

  private final KafkaContainer broker;
  private final GenericContainer<?> registry;

  ContainerServers() {
    broker = broker();
    broker.start();
    registry = registry();
    registry.start();
  }

  private static KafkaContainer broker() {
    String image =
        Optional.ofNullable(System.getenv("EMEND_KAFKA_IMAGE")).orElse("apache/kafka:4.3.1");
    return new KafkaContainer(
            DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"))
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
  }

  private static GenericContainer<?> registry() {
    String image =
        Optional.ofNullable(System.getenv("EMEND_REGISTRY_IMAGE"))
            .orElse("apicurio/apicurio-registry-mem:2.6.13.Final");
    return new GenericContainer<>(DockerImageName.parse(image))
        .withExposedPorts(REGISTRY_PORT)
        .waitingFor(Wait.forHttp(CONFLUENT_API + "/subjects").forStatusCode(200))
        .withStartupTimeout(Duration.ofMinutes(3));
  }

  @Override
  public String bootstrapServers() {
    return broker.getBootstrapServers();
  }

  @Override
  public URI registryUrl() {
    return URI.create(
        "http://"
            + registry.getHost()
            + ":"
            + registry.getMappedPort(REGISTRY_PORT)
            + CONFLUENT_API);
  }

  @Override
  public String provider() {
    return "containers";
  }

  @Override
  public void close() {
    registry.stop();
    broker.stop();
  }
}
