package dev.emend.itests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * One broker and registry for the whole run, started by the first test that asks and stopped with
 * the JVM. {@code -Demend.provider=embedded} or {@code containers} overrides the choice; asking for
 * containers where no engine answers is an error, never a skipped test. Thread-safe.
 */
public final class SharedServers {
  private static final Logger LOG = LoggerFactory.getLogger(SharedServers.class);
  private static final String CHOICE = "emend.provider";

  private SharedServers() {}

  /** The servers of this run. */
  public static Servers get() {
    return Holder.SERVERS;
  }

  private static Servers start() {
    Servers servers = choose(System.getProperty(CHOICE, "auto").toLowerCase(Locale.ROOT));
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "stop-test-servers"));
    note(servers.provider());
    LOG.info(
        "integration tests run against {}: broker {}, registry {}",
        servers.provider(),
        servers.bootstrapServers(),
        servers.registryUrl());
    return servers;
  }

  /** A file that the CI script prints, because test output itself is not shown. */
  private static void note(String provider) {
    try {
      Files.writeString(Path.of("target", "provider.txt"), provider + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Servers choose(String choice) {
    return switch (choice) {
      case "containers" -> new ContainerServers();
      case "embedded" -> new EmbeddedServers();
      case "auto" -> engineAnswers() ? new ContainerServers() : new EmbeddedServers();
      default -> throw new IllegalArgumentException(CHOICE + " is auto, containers or embedded");
    };
  }

  private static boolean engineAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  private static final class Holder {
    static final Servers SERVERS = start();
  }
}
