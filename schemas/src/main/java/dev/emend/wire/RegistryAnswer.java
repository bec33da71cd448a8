package dev.emend.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.net.URI;

/** What the registry answered to one request. */
record RegistryAnswer(URI address, int status, JsonNode body) {

  boolean isNotFound() {
    return status == 404;
  }

  /** The body of a success. */
  JsonNode orRefuse(String what) {
    if (status / 100 == 2) {
      return body;
    }
    String message = body.path("message").asText("");
    throw new Fault(
        FaultCode.REGISTRY_REFUSED,
        "the schema registry at %s refused to %s: HTTP status %d%s%s"
            .formatted(address, what, status, message.isEmpty() ? "" : ", " + message, advice()));
  }

  private String advice() {
    return switch (status) {
      case 401, 403 -> "; check the registry's user and password or token";
      case 409 -> "; the schema is not compatible with the registered ones";
      default -> "";
    };
  }

  /** A number that a success must hold. */
  int number(String what, String field) {
    JsonNode node = orRefuse(what).path(field);
    if (!node.isIntegralNumber()) {
      throw unusable(field);
    }
    return node.intValue();
  }

  /** A text that a success must hold. */
  String text(String what, String field) {
    JsonNode node = orRefuse(what).path(field);
    if (!node.isTextual()) {
      throw unusable(field);
    }
    return node.textValue();
  }

  private Fault unusable(String field) {
    return new Fault(
        FaultCode.REGISTRY_REFUSED,
        "the answer of %s has no usable '%s'; is it a schema registry?".formatted(address, field));
  }
}
