package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads typed values out of a Kafka client configuration. Immutable as far as the map is. */
record SettingReader(Map<String, ?> settings) {

  Optional<String> text(String name) {
    Object value = settings.get(name);
    if (value == null) {
      return Optional.empty();
    }
    String text = value instanceof Class<?> type ? type.getName() : value.toString().strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  boolean flag(String name, boolean otherwise) {
    Optional<String> text = text(name).map(value -> value.toLowerCase(Locale.ROOT));
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw usage(name, text.get(), "true or false");
    };
  }

  int count(String name, int otherwise) {
    Optional<String> text = text(name);
    try {
      int value = text.map(Integer::parseInt).orElse(otherwise);
      if (value < 0) {
        throw usage(name, String.valueOf(value), "a number of at least 0");
      }
      return value;
    } catch (NumberFormatException e) {
      throw usage(name, text.orElse(""), "a whole number");
    }
  }

  Duration millis(String name, Duration otherwise) {
    return Duration.ofMillis(count(name, Math.toIntExact(otherwise.toMillis())));
  }

  static Fault usage(String name, String value, String wanted) {
    return new Fault(FaultCode.USAGE, name + " is '" + value + "'; it must be " + wanted);
  }
}
