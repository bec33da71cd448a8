package dev.emend.local;

import dev.emend.wire.Compatibility;
import dev.emend.wire.RegistrySettings;
import dev.emend.wire.SchemaRegistryClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A running broker and schema registry on the loopback interface. The registry demands BACKWARD
 * compatibility. When this JVM is killed the broker dies with it, and the registry's process
 * notices, deletes a temporary folder and ends too.
 *
 * <p>Thread-safe.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(2);

  private final Parts parts;
  private final Path folder;
  private final String bootstrapServers;
  private final URI registryUrl;
  private final ProcessHandle registryProcess;

  private LocalStack(
      Parts parts, Path folder, Broker broker, URI registryUrl, ProcessHandle registryProcess) {
    this.parts = parts;
    this.folder = folder;
    this.bootstrapServers = broker.address();
    this.registryUrl = registryUrl;
    this.registryProcess = registryProcess;
  }

  /**
   * Starts both servers, side by side, and returns once they answer.
   *
   * @throws dev.emend.fault.Fault STACK_START if one of them does not, or if the folder is in use
   */
  public static LocalStack start(LocalStackOptions options) {
    Parts parts = new Parts();
    try {
      StackFolder folder = parts.add(StackFolder.open(options.folder()));
      parts.add(StackLog.into(folder.log("stack.log")));
      Registry registry = parts.add(Registry.launch(folder, options.registryPort()));
      Broker broker = parts.add(Broker.start(folder.broker(), options.brokerPort()));
      URI registryUrl = registry.awaitReady(REGISTRY_PATIENCE);
      // A fresh Apicurio demands nothing (NONE), Confluent's demands BACKWARD.
      new SchemaRegistryClient(RegistrySettings.at(registryUrl.toString()))
          .setCompatibility(Compatibility.BACKWARD);
      return new LocalStack(parts, folder.root(), broker, registryUrl, registry.process());
    } catch (RuntimeException e) {
      parts.closeBecauseOf(e);
      throw e;
    }
  }

  /** Host and port for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The address for {@code schema.registry.url}: the registry's Confluent-compatible API. */
  public URI registryUrl() {
    return registryUrl;
  }

  /** Where data and logs are. */
  public Path folder() {
    return folder;
  }

  /** The process of the registry. */
  ProcessHandle registryProcess() {
    return registryProcess;
  }

  /** Stops both servers and, if the folder is a temporary one, deletes it. Harmless twice. */
  @Override
  public void close() {
    parts.close();
  }
}
