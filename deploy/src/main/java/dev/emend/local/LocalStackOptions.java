package dev.emend.local;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a local stack keeps its data and where it listens.
 *
 * @param folder keeps topics, offsets, schemas and logs across restarts; empty for a temporary
 *     folder that disappears with the stack
 * @param brokerPort TCP port of the broker, or 0 for a free one
 * @param registryPort TCP port of the schema registry, or 0 for a free one
 */
public record LocalStackOptions(Optional<Path> folder, int brokerPort, int registryPort) {
  private static final int MAX_PORT = 65_535;

  /** Refuses ports outside 0..65535 with {@link IllegalArgumentException}. */
  public LocalStackOptions {
    folder = folder.map(path -> path.toAbsolutePath().normalize());
    requirePort(brokerPort);
    requirePort(registryPort);
  }

  /** Free ports and a folder that disappears with the stack. */
  public static LocalStackOptions temporary() {
    return new LocalStackOptions(Optional.empty(), 0, 0);
  }

  /** Free ports and a folder that outlives the stack. */
  public static LocalStackOptions keptIn(Path folder) {
    return new LocalStackOptions(Optional.of(folder), 0, 0);
  }

  private static void requirePort(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port lies between 0 and 65535, not at " + port);
    }
  }
}
