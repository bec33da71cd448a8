package dev.emend.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.OptionalInt;

/** The id that a tokenizer gives for text that its vocabulary does not cover. */
final class UnknownToken {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private UnknownToken() {}

  /** What a {@code tokenizer.json} declares, if anything. */
  static OptionalInt of(byte[] tokenizer) throws IOException {
    JsonNode model = JSON.readTree(tokenizer).path("model");
    if (model.path("unk_id").isInt()) {
      return OptionalInt.of(model.path("unk_id").asInt());
    }
    JsonNode id = model.path("vocab").path(model.path("unk_token").asText());
    return id.isInt() ? OptionalInt.of(id.asInt()) : OptionalInt.empty();
  }
}
