package dev.emend.topic;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Settings from a properties file, with what they refer to put in: {@code
 * ${file:/run/secrets/kafka.properties:password}} is a value of another properties file, {@code
 * ${directory:/run/secrets:password}} the content of a file, {@code ${env:PASSWORD}} a variable of
 * the environment. They are Kafka's own providers under Kafka's names; others can be configured as
 * Kafka's documentation says and are left to the clients.
 */
public final class SettingsFile {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|directory|env):[^}]*}");

  private SettingsFile() {}

  /**
   * All settings of a file.
   *
   * @throws Fault FILE_NOT_FOUND if it cannot be read or is no properties file; USAGE if what a
   *     setting refers to is not there
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read the settings in " + file, e);
    }
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return resolved(file, settings);
  }

  private static Map<String, String> resolved(Path file, Map<String, String> settings) {
    if (settings.values().stream().noneMatch(value -> REFERENCE.matcher(value).find())) {
      return settings;
    }
    Map<String, ConfigProvider> providers =
        Map.of(
            "file", provider(new FileConfigProvider()),
            "directory", provider(new DirectoryConfigProvider()),
            "env", provider(new EnvVarConfigProvider()));
    Map<String, String> resolved;
    try {
      resolved = new HashMap<>(new ConfigTransformer(providers).transform(settings).data());
    } catch (KafkaException e) {
      throw new Fault(FaultCode.USAGE, file + ": " + e.getMessage(), e);
    }
    requireResolved(file, settings, resolved);
    return resolved;
  }

  private static ConfigProvider provider(ConfigProvider provider) {
    provider.configure(Map.of());
    return provider;
  }

  /** Names the reference, never the text around it, which may be secret. */
  private static void requireResolved(
      Path file, Map<String, String> settings, Map<String, String> resolved) {
    settings.forEach(
        (name, value) -> {
          Matcher reference = REFERENCE.matcher(value);
          while (reference.find()) {
            String after = resolved.getOrDefault(name, "");
            if (after.contains(reference.group())) {
              throw new Fault(
                  FaultCode.USAGE,
                  "%s: %s refers to %s, which is not there"
                      .formatted(file, name, reference.group()));
            }
          }
        });
  }
}
