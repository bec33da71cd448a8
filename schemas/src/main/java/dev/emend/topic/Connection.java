package dev.emend.topic;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.wire.SchemaRegistryClient;
import dev.emend.wire.WireConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How to reach the broker and the registry: any Kafka client settings together with those of {@link
 * WireConfig}, in one map as in one properties file. Immutable. The text form names the settings
 * but shows no values, which may be secret.
 */
public record Connection(Map<String, String> settings) {
  private static final String BOOTSTRAP = "bootstrap.servers";

  /** Copies the settings; refuses to be without a broker's address. */
  public Connection {
    settings = Map.copyOf(settings);
    if (settings.getOrDefault(BOOTSTRAP, "").isBlank()) {
      throw new Fault(FaultCode.USAGE, BOOTSTRAP + " is not set; give for example localhost:9092");
    }
  }

  /** An unprotected broker and registry, by address. */
  public static Connection to(String bootstrapServers, String registryUrl) {
    return new Connection(
        Map.of(BOOTSTRAP, bootstrapServers, WireConfig.REGISTRY_URL, registryUrl));
  }

  /** Reads a Kafka client properties file. */
  public static Connection read(Path file) {
    return read(file, Map.of());
  }

  /** Reads a Kafka client properties file; {@code stronger} settings replace those in it. */
  public static Connection read(Path file, Map<String, String> stronger) {
    Map<String, String> settings = new HashMap<>(SettingsFile.read(file));
    settings.putAll(stronger);
    return new Connection(settings);
  }

  /** The same with one setting replaced or added. */
  public Connection with(String name, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(name, value);
    return new Connection(changed);
  }

  /** A modifiable copy for a Kafka client's constructor. */
  public Map<String, Object> toClientConfig() {
    return new HashMap<>(settings);
  }

  /** A client of the registry; no request is made yet. */
  public SchemaRegistryClient registry() {
    return SchemaRegistryClient.from(settings);
  }

  @Override
  public String toString() {
    return "Connection" + new TreeSet<>(settings.keySet());
  }
}
