package dev.emend.sign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.event.ModelDelta;
import dev.emend.event.RecordSignature;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The signature of the delta that a version ends with, to be kept beside its weights: whoever opens
 * them later need neither read that delta nor believe whoever wrote the folder. Immutable.
 */
public final class VersionProof {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SignedStep step;
  private final RecordSignature signature;

  private VersionProof(SignedStep step, RecordSignature signature) {
    this.step = step;
    this.signature = signature;
  }

  /** The proof that a delta carries; empty if it is not signed. Nothing is verified. */
  public static Optional<VersionProof> of(ModelDelta delta) {
    RecordSignature signature = delta.getSignature();
    return signature == null
        ? Optional.empty()
        : Optional.of(new VersionProof(SignedStep.of(delta), signature));
  }

  SignedStep step() {
    return step;
  }

  RecordSignature signature() {
    return signature;
  }

  /** As one JSON object. */
  public String text() {
    return json().toString();
  }

  private ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", step.model())
        .put("version", step.version())
        .put("parent", step.parent())
        .put("kind", step.kind())
        .put("base_digest", step.baseDigest())
        .put("parent_digest", step.parentDigest())
        .put("result_digest", step.resultDigest())
        .put("chain_hash", step.chainHash())
        .put("created_at", step.createdAt().toString())
        .put("content", step.content())
        .put("key_id", signature.getKeyId())
        .put("signature", Statement.hex(signature.getValue()));
  }

  /** Reads what {@link #text} makes; empty if it is anything else. Nothing is verified. */
  public static Optional<VersionProof> parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      byte[] value = HexFormat.of().parseHex(json.path("signature").asText());
      RecordSignature signature =
          RecordSignature.newBuilder()
              .setKeyId(json.path("key_id").asText())
              .setValue(ByteBuffer.wrap(value))
              .build();
      return Optional.of(new VersionProof(step(json), signature));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static SignedStep step(JsonNode json) {
    return new SignedStep(
        json.path("model").asText(),
        json.path("version").asLong(-1),
        json.path("parent").asLong(-1),
        json.path("kind").asText(),
        json.path("base_digest").asText(),
        json.path("parent_digest").asText(),
        json.path("result_digest").asText(),
        json.path("chain_hash").asText(),
        Instant.parse(json.path("created_at").asText()),
        json.path("content").asText());
  }
}
