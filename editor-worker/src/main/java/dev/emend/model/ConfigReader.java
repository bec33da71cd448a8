package dev.emend.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.ModelFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code config.json} in the forms of transformers 4 and 5, where architectures call the same
 * number by different names.
 */
public final class ConfigReader {
  private final ModelFolder folder;
  private final String where;
  private final JsonNode config;

  private ConfigReader(ModelFolder folder) {
    this.folder = folder;
    this.where = folder.path().resolve(ModelFolder.CONFIG).toString();
    this.config = folder.config();
  }

  /** The numbers of a folder's model. */
  public static ModelConfig read(ModelFolder folder) {
    return new ConfigReader(folder).read();
  }

  private ModelConfig read() {
    Architecture architecture = architecture();
    refuseUnsupported();
    int width = integer("hidden_size", "n_embd");
    int heads = integer("num_attention_heads", "n_head");
    if (heads < 1 || width < 1 || width > Integer.MAX_VALUE / 4) {
      throw new Fault(
          FaultCode.JSON_INVALID,
          where + " states the impossible width " + width + " of " + heads + " heads");
    }
    int headWidth = integerOr(width / heads, "head_dim");
    try {
      return new ModelConfig(
          architecture,
          integer("vocab_size"),
          positions(),
          width,
          integer("num_hidden_layers", "n_layer"),
          heads,
          integerOr(heads, "num_key_value_heads"),
          headWidth,
          integerOr(4 * width, "intermediate_size", "n_inner"),
          number("rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon"),
          architecture
              .activation()
              .orElseGet(() -> Activation.of(text("hidden_act", "activation_function"))),
          rotary(architecture, headWidth),
          config.path("tie_word_embeddings").asBoolean(!storesHead(architecture)),
          endTokens());
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.JSON_INVALID, where + ": " + e.getMessage(), e);
    }
  }

  private Architecture architecture() {
    Architecture declared = Architectures.of(text("model_type"));
    boolean sequential =
        declared.residual() == Layout.Residual.PARALLEL_TWO_NORMS
            && !config.path("use_parallel_residual").asBoolean(true);
    return sequential ? declared.withResidual(Layout.Residual.SEQUENTIAL) : declared;
  }

  private boolean storesHead(Architecture architecture) {
    return folder.find(architecture.name(TensorRole.HEAD, 0, true) + ".weight").isPresent();
  }

  private Optional<RotaryConfig> rotary(Architecture architecture, int headWidth) {
    return architecture.position() == Layout.Position.LEARNED
        ? Optional.empty()
        : Optional.of(RotaryReader.read(where, config, headWidth));
  }

  /** Settings that would change the mathematics and that we do not compute. */
  private void refuseUnsupported() {
    refuse(config.path("scale_attn_by_inverse_layer_idx").asBoolean(), "inverse layer scaling");
    refuse(!config.path("scale_attn_weights").asBoolean(true), "unscaled attention");
    refuse(config.path("qk_layernorm").asBoolean(), "normalised queries and keys");
  }

  /** Rows no longer than a sliding window are read as if there were none. */
  private int positions() {
    int all = integer("max_position_embeddings", "n_positions");
    boolean sliding =
        config.path("sliding_window").isInt() && config.path("use_sliding_window").asBoolean(true);
    return sliding ? Math.min(all, config.path("sliding_window").asInt()) : all;
  }

  private void refuse(boolean found, String what) {
    if (found) {
      throw new Fault(FaultCode.ARCHITECTURE_UNSUPPORTED, where + " wants " + what);
    }
  }

  private List<Integer> endTokens() {
    JsonNode end = config.path("eos_token_id");
    List<Integer> tokens = new ArrayList<>();
    if (end.isInt()) {
      tokens.add(end.asInt());
    }
    end.forEach(token -> tokens.add(token.asInt()));
    return tokens;
  }

  private int integerOr(int otherwise, String... keys) {
    JsonNode node = first(keys);
    return node.isInt() ? node.asInt() : otherwise;
  }

  private int integer(String... keys) {
    JsonNode node = first(keys);
    if (!node.isInt()) {
      throw lacking(keys);
    }
    return node.asInt();
  }

  private double number(String... keys) {
    JsonNode node = first(keys);
    if (!node.isNumber()) {
      throw lacking(keys);
    }
    return node.asDouble();
  }

  private String text(String... keys) {
    JsonNode node = first(keys);
    if (!node.isTextual()) {
      throw lacking(keys);
    }
    return node.asText();
  }

  private JsonNode first(String... keys) {
    for (String key : keys) {
      if (config.hasNonNull(key)) {
        return config.get(key);
      }
    }
    return config.path(keys[0]);
  }

  private Fault lacking(String... keys) {
    return new Fault(FaultCode.JSON_INVALID, where + " has no usable " + String.join(" or ", keys));
  }
}
