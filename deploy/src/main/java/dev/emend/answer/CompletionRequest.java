package dev.emend.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;

/**
 * A question in OpenAI's form for completions, with one field of our own.
 *
 * @param prompt not empty
 * @param maxTokens most tokens of the answer, 1 to 1,024
 * @param minVersion the answer must come from this version or a later one
 */
record CompletionRequest(String prompt, int maxTokens, long minVersion) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEFAULT_TOKENS = 16;
  private static final int MOST_TOKENS = 1024;

  /**
   * Reads a request.
   *
   * @throws HttpProblem 400 with the field that is wrong
   */
  static CompletionRequest parse(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(new String(body, java.nio.charset.StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw HttpProblem.badRequest("", "the body is not JSON", e);
    }
    JsonNode prompt = json.path("prompt");
    require(prompt.isTextual() && !prompt.asText().isBlank(), "prompt", "a text is wanted");
    refuseOther(json, "n", 1, "one answer a request is given");
    refuseOther(json, "temperature", 0, "answers are greedy: 0, or leave it out");
    require(!json.path("stream").asBoolean(), "stream", "answers are not streamed");
    int tokens = (int) number(json, "max_tokens", DEFAULT_TOKENS, 1, MOST_TOKENS);
    long version = number(json, "min_version", 0, 0, Long.MAX_VALUE);
    return new CompletionRequest(prompt.asText(), tokens, version);
  }

  private static void refuseOther(JsonNode json, String field, double only, String reason) {
    JsonNode value = json.path(field);
    boolean isLeftOut = value.isMissingNode() || value.isNull();
    require(isLeftOut || (value.isNumber() && value.asDouble() == only), field, reason);
  }

  private static long number(JsonNode json, String field, long otherwise, long least, long most) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.getNodeType() == JsonNodeType.NULL) {
      return otherwise;
    }
    require(
        value.canConvertToLong() && value.asLong() >= least && value.asLong() <= most,
        field,
        "a whole number of " + least + " to " + most + " is wanted");
    return value.asLong();
  }

  private static void require(boolean condition, String field, String reason) {
    if (!condition) {
      throw HttpProblem.badRequest(field, field + ": " + reason, null);
    }
  }
}
