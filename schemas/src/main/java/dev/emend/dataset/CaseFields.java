package dev.emend.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, each of the wanted type or a fault that names the field. */
final class CaseFields {
  private final JsonNode object;

  CaseFields(JsonNode object) {
    this.object = object;
  }

  boolean has(String field) {
    return object.hasNonNull(field);
  }

  /** A text that must be there. */
  String text(String field) {
    String value = textOrNull(field);
    if (value == null) {
      throw new Fault(FaultCode.JSON_INVALID, "field " + field + " is missing");
    }
    return value;
  }

  /** A text, or the {@code str} of an object that wraps it as CounterFact does. */
  String wrappedText(String field) {
    JsonNode node = object.path(field);
    return node.isObject() ? new CaseFields(node).text("str") : text(field);
  }

  /** A text, or null if the field is missing or null. */
  @Nullable String textOrNull(String field) {
    return has(field) ? text(field, object.get(field)) : null;
  }

  /** A text or a list of texts; empty if missing or null. */
  List<String> texts(String field) {
    JsonNode node = object.path(field);
    if (!node.isArray()) {
      String single = textOrNull(field);
      return single == null ? List.of() : List.of(single);
    }
    List<String> texts = new ArrayList<>(node.size());
    node.forEach(element -> texts.add(text(field, element)));
    return texts;
  }

  /** The first of a text or a list of texts; null if there is none. */
  @Nullable String firstText(String field) {
    List<String> texts = texts(field);
    return texts.isEmpty() ? null : texts.get(0);
  }

  /** A text or a whole number as text; null if the field is missing or null. */
  @Nullable String label(String field) {
    JsonNode node = object.path(field);
    return node.isIntegralNumber() ? node.asText() : textOrNull(field);
  }

  /** A date; null if the field is missing or null. */
  @Nullable DateText date(String field) {
    String text = textOrNull(field);
    try {
      return text == null ? null : DateText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.FACT_INVALID, field + ": " + e.getMessage(), e);
    }
  }

  /** The objects of a list; none if the field is missing or null. */
  List<CaseFields> objects(String field) {
    JsonNode node = object.path(field);
    if (!node.isArray() && has(field)) {
      throw wrongType(field, node, "a list");
    }
    List<CaseFields> objects = new ArrayList<>(node.size());
    node.forEach(element -> objects.add(object(field, element)));
    return objects;
  }

  /** An object that must be there. */
  CaseFields object(String field) {
    return object(field, object.path(field));
  }

  private static CaseFields object(String field, JsonNode node) {
    if (!node.isObject()) {
      throw wrongType(field, node, "an object");
    }
    return new CaseFields(node);
  }

  private static String text(String field, JsonNode node) {
    if (!node.isTextual()) {
      throw wrongType(field, node, "a text");
    }
    return node.textValue();
  }

  private static Fault wrongType(String field, JsonNode node, String wanted) {
    String actual = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return new Fault(
        FaultCode.JSON_INVALID, "field " + field + " is " + actual + ", " + wanted + " is wanted");
  }

  /**
   * The instant at which a fact stops to hold: the start of the period named, or its end where the
   * fact would otherwise not hold at all, as in 2018 to 2018.
   */
  static @Nullable Instant validTo(@Nullable DateText from, @Nullable DateText to) {
    if (to == null) {
      return null;
    }
    boolean empty = from != null && !to.start().isAfter(from.start());
    return empty ? to.end() : to.start();
  }
}
