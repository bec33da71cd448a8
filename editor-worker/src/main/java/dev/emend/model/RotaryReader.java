package dev.emend.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Optional;

/**
 * Reads how positions rotate: {@code rope_parameters} of transformers 5, or {@code rope_theta},
 * {@code rope_scaling} and the older keys of single architectures.
 */
final class RotaryReader {
  private static final double DEFAULT_THETA = 10_000;

  private RotaryReader() {}

  static RotaryConfig read(String where, JsonNode config, int headWidth) {
    JsonNode newer = config.path("rope_parameters");
    JsonNode how = newer.isObject() ? newer : config.path("rope_scaling");
    double theta =
        newer
            .path("rope_theta")
            .asDouble(
                config
                    .path("rope_theta")
                    .asDouble(config.path("rotary_emb_base").asDouble(DEFAULT_THETA)));
    double share =
        newer
            .path("partial_rotary_factor")
            .asDouble(
                config
                    .path("partial_rotary_factor")
                    .asDouble(config.path("rotary_pct").asDouble(1)));
    int width = config.path("rotary_dim").asInt((int) (headWidth * share));
    return new RotaryConfig(theta, width, scaling(where, config, how));
  }

  private static Optional<RotaryConfig.Scaling> scaling(
      String where, JsonNode config, JsonNode how) {
    String type = how.path("rope_type").asText(how.path("type").asText("default"));
    return switch (type) {
      // The dynamic form stretches only rows longer than the model reads.
      case "default", "dynamic" -> Optional.empty();
      case "linear" -> Optional.of(scaling(RotaryConfig.Scaling.Kind.LINEAR, config, how));
      case "llama3" -> Optional.of(scaling(RotaryConfig.Scaling.Kind.LLAMA3, config, how));
      default ->
          throw new Fault(
              FaultCode.ARCHITECTURE_UNSUPPORTED,
              where
                  + " wants rope type \""
                  + type
                  + "\"; supported: default, dynamic, linear, llama3");
    };
  }

  private static RotaryConfig.Scaling scaling(
      RotaryConfig.Scaling.Kind kind, JsonNode config, JsonNode how) {
    return new RotaryConfig.Scaling(
        kind,
        how.path("factor").asDouble(1),
        how.path("low_freq_factor").asDouble(1),
        how.path("high_freq_factor").asDouble(4),
        how.path("original_max_position_embeddings")
            .asInt(config.path("max_position_embeddings").asInt()));
  }
}
