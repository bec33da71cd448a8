package dev.emend.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** A topic's shape in Kafka's own setting names. */
final class TopicSettings {
  private static final String PARTITIONS = "partitions";

  private TopicSettings() {}

  static Map<String, String> of(Topic topic) {
    boolean compacted = topic.retention() == Topic.Retention.COMPACTED;
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    settings.put(
        TopicConfig.RETENTION_MS_CONFIG,
        topic.retention().age().map(Duration::toMillis).map(String::valueOf).orElse("-1"));
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(topic.maxMessage().bytes()));
    return settings;
  }

  static List<TopicDifference> differences(
      String name, Topic topic, TopicDescription shape, Config config) {
    Map<String, String> wanted = new LinkedHashMap<>(of(topic));
    wanted.put(PARTITIONS, String.valueOf(topic.partitions()));
    Map<String, String> found = new LinkedHashMap<>();
    of(topic).keySet().forEach(setting -> found.put(setting, value(config, setting)));
    found.put(PARTITIONS, String.valueOf(shape.partitions().size()));
    return wanted.keySet().stream()
        .filter(setting -> !Objects.equals(wanted.get(setting), found.get(setting)))
        .map(setting -> difference(name, setting, wanted, found))
        .toList();
  }

  private static TopicDifference difference(
      String name, String setting, Map<String, String> wanted, Map<String, String> found) {
    return new TopicDifference(
        name, setting, wanted.getOrDefault(setting, ""), found.getOrDefault(setting, ""));
  }

  private static String value(Config config, String setting) {
    ConfigEntry entry = config.get(setting);
    return entry == null || entry.value() == null ? "" : entry.value();
  }
}
