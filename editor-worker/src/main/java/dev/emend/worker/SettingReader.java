package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads typed settings from text and finds the ones that nobody read. Not thread-safe. */
final class SettingReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)");

  private final Map<String, String> settings;
  private final Set<String> read = new HashSet<>();

  SettingReader(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  String required(String key) {
    String value = value(key, "");
    if (value.isEmpty()) {
      throw usage("the setting " + key + " is missing");
    }
    return value;
  }

  <T> T get(String key, T otherwise, Function<String, T> reading) {
    String value = value(key, "");
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return reading.apply(value);
    } catch (IllegalArgumentException e) {
      throw new Fault(
          FaultCode.USAGE, key + " = '" + value + "' is not usable: " + e.getMessage(), e);
    }
  }

  Duration duration(String key, Duration otherwise) {
    return get(key, otherwise, SettingReader::parseDuration);
  }

  ByteSize size(String key, ByteSize otherwise) {
    return get(key, otherwise, ByteSize::parse);
  }

  private String value(String key, String otherwise) {
    read.add(key);
    return settings.getOrDefault(key, otherwise).strip();
  }

  /** Refuses settings that were given but never asked for: most are misspelt. */
  void refuseUnknown() {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(read);
    if (!unknown.isEmpty()) {
      throw usage(
          "unknown setting " + unknown.iterator().next() + "; known are " + new TreeSet<>(read));
    }
  }

  private static Duration parseDuration(String text) {
    Matcher match = DURATION.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("write for example 500ms, 10s or 5m");
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static Fault usage(String message) {
    return new Fault(FaultCode.USAGE, message);
  }
}
