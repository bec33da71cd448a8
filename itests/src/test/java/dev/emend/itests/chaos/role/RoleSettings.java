package dev.emend.itests.chaos.role;

import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What a part is told: the client's settings, and those of the harness, whose keys begin with
 * {@code chaos.}.
 *
 * @param client settings of Kafka, the registry and the part itself
 * @param harness the others, without the prefix
 */
public record RoleSettings(Map<String, String> client, Map<String, String> harness) {
  private static final String PREFIX = "chaos.";

  /** Copies both. */
  public RoleSettings {
    client = Map.copyOf(client);
    harness = Map.copyOf(harness);
  }

  /** Reads the properties file that is the only argument. */
  static RoleSettings read(String[] arguments) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> client = new HashMap<>();
    Map<String, String> harness = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (name.startsWith(PREFIX)) {
        harness.put(name.substring(PREFIX.length()), value);
      } else {
        client.put(name, value);
      }
    }
    return new RoleSettings(client, harness);
  }

  /** Writes them for a process to read. */
  public void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.putAll(client);
    harness.forEach((name, value) -> properties.setProperty(PREFIX + name, value));
    try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(writer, null);
    }
  }

  Connection connection() {
    return new Connection(client);
  }

  Topics topics() {
    return Topics.standard();
  }

  String text(String name) {
    String value = harness.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no setting " + PREFIX + name);
    }
    return value;
  }

  Path path(String name) {
    return Path.of(text(name));
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  List<String> models() {
    return List.of(text("models").split(","));
  }
}
