package dev.emend.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A request that gets no answer: the status and OpenAI's form of an error. */
final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final String type;
  private final String field;

  HttpProblem(int status, String type, String field, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.type = type;
    this.field = field;
  }

  static HttpProblem badRequest(String field, String message, @Nullable Throwable cause) {
    return new HttpProblem(BAD_REQUEST, "invalid_request_error", field, message, cause);
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    ObjectNode error =
        JsonNodeFactory.instance
            .objectNode()
            .put("message", getMessage())
            .put("type", type)
            .put("param", field.isEmpty() ? null : field)
            .put("code", (String) null);
    return JsonNodeFactory.instance.objectNode().set("error", error);
  }
}
