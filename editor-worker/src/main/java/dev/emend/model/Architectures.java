package dev.emend.model;

import static dev.emend.model.TensorRole.ATTENTION_OUT;
import static dev.emend.model.TensorRole.DOWN;
import static dev.emend.model.TensorRole.FINAL_NORM;
import static dev.emend.model.TensorRole.FIRST_NORM;
import static dev.emend.model.TensorRole.FUSED_GATE_UP;
import static dev.emend.model.TensorRole.FUSED_QKV;
import static dev.emend.model.TensorRole.GATE;
import static dev.emend.model.TensorRole.HEAD;
import static dev.emend.model.TensorRole.KEY;
import static dev.emend.model.TensorRole.KEY_NORM;
import static dev.emend.model.TensorRole.POSITION_EMBEDDING;
import static dev.emend.model.TensorRole.QUERY;
import static dev.emend.model.TensorRole.QUERY_NORM;
import static dev.emend.model.TensorRole.SECOND_NORM;
import static dev.emend.model.TensorRole.TOKEN_EMBEDDING;
import static dev.emend.model.TensorRole.UP;
import static dev.emend.model.TensorRole.VALUE;

import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The declared architectures, by the {@code model_type} that {@code config.json} states. */
public final class Architectures {
  private static final Map<TensorRole, String> LLAMA_NAMES =
      Map.ofEntries(
          Map.entry(TOKEN_EMBEDDING, "embed_tokens"),
          Map.entry(FIRST_NORM, "input_layernorm"),
          Map.entry(QUERY, "self_attn.q_proj"),
          Map.entry(KEY, "self_attn.k_proj"),
          Map.entry(VALUE, "self_attn.v_proj"),
          Map.entry(ATTENTION_OUT, "self_attn.o_proj"),
          Map.entry(SECOND_NORM, "post_attention_layernorm"),
          Map.entry(GATE, "mlp.gate_proj"),
          Map.entry(UP, "mlp.up_proj"),
          Map.entry(DOWN, "mlp.down_proj"),
          Map.entry(FINAL_NORM, "norm"),
          Map.entry(HEAD, "lm_head"));

  /** GPT-2: fused projections stored (in x out), learned positions, the head tied. */
  public static final Architecture GPT2 =
      new Architecture(
          "gpt2",
          "transformer.",
          "h.{}.",
          Map.ofEntries(
              Map.entry(TOKEN_EMBEDDING, "wte"),
              Map.entry(POSITION_EMBEDDING, "wpe"),
              Map.entry(FIRST_NORM, "ln_1"),
              Map.entry(FUSED_QKV, "attn.c_attn"),
              Map.entry(ATTENTION_OUT, "attn.c_proj"),
              Map.entry(SECOND_NORM, "ln_2"),
              Map.entry(UP, "mlp.c_fc"),
              Map.entry(DOWN, "mlp.c_proj"),
              Map.entry(FINAL_NORM, "ln_f"),
              Map.entry(HEAD, "lm_head")),
          biases(
              Presence.ALWAYS,
              FIRST_NORM,
              FUSED_QKV,
              ATTENTION_OUT,
              SECOND_NORM,
              UP,
              DOWN,
              FINAL_NORM),
          Layout.Embedding.PLAIN,
          Layout.Norm.LAYER,
          Layout.Position.LEARNED,
          Layout.Projection.FUSED_THIRDS,
          Layout.Mlp.PLAIN,
          Optional.empty(),
          Layout.Residual.SEQUENTIAL,
          WeightLayout.IN_OUT);

  /** GPT-J: one normalisation for attention and MLP side by side, rotation in pairs. */
  public static final Architecture GPT_J =
      new Architecture(
          "gptj",
          "transformer.",
          "h.{}.",
          Map.ofEntries(
              Map.entry(TOKEN_EMBEDDING, "wte"),
              Map.entry(FIRST_NORM, "ln_1"),
              Map.entry(QUERY, "attn.q_proj"),
              Map.entry(KEY, "attn.k_proj"),
              Map.entry(VALUE, "attn.v_proj"),
              Map.entry(ATTENTION_OUT, "attn.out_proj"),
              Map.entry(UP, "mlp.fc_in"),
              Map.entry(DOWN, "mlp.fc_out"),
              Map.entry(FINAL_NORM, "ln_f"),
              Map.entry(HEAD, "lm_head")),
          biases(Presence.ALWAYS, FIRST_NORM, UP, DOWN, FINAL_NORM, HEAD),
          Layout.Embedding.PLAIN,
          Layout.Norm.LAYER,
          Layout.Position.ROTARY_PAIRS,
          Layout.Projection.SEPARATE,
          Layout.Mlp.PLAIN,
          Optional.empty(),
          Layout.Residual.PARALLEL_ONE_NORM,
          WeightLayout.OUT_IN);

  /** GPT-NeoX: projections fused head by head, attention and MLP side by side unless said. */
  public static final Architecture GPT_NEOX =
      new Architecture(
          "gpt_neox",
          "gpt_neox.",
          "layers.{}.",
          Map.ofEntries(
              Map.entry(TOKEN_EMBEDDING, "embed_in"),
              Map.entry(FIRST_NORM, "input_layernorm"),
              Map.entry(FUSED_QKV, "attention.query_key_value"),
              Map.entry(ATTENTION_OUT, "attention.dense"),
              Map.entry(SECOND_NORM, "post_attention_layernorm"),
              Map.entry(UP, "mlp.dense_h_to_4h"),
              Map.entry(DOWN, "mlp.dense_4h_to_h"),
              Map.entry(FINAL_NORM, "final_layer_norm"),
              Map.entry(HEAD, "embed_out")),
          with(
              biases(Presence.ALWAYS, FIRST_NORM, SECOND_NORM, UP, DOWN, FINAL_NORM),
              biases(Presence.IF_STORED, FUSED_QKV, ATTENTION_OUT)),
          Layout.Embedding.PLAIN,
          Layout.Norm.LAYER,
          Layout.Position.ROTARY_HALVES,
          Layout.Projection.FUSED_PER_HEAD,
          Layout.Mlp.PLAIN,
          Optional.empty(),
          Layout.Residual.PARALLEL_TWO_NORMS,
          WeightLayout.OUT_IN);

  /** Llama 2 and 3. */
  public static final Architecture LLAMA =
      llamaLike(
          "llama",
          LLAMA_NAMES,
          biases(Presence.IF_STORED, QUERY, KEY, VALUE, ATTENTION_OUT, GATE, UP, DOWN));

  /** Mistral, up to the length of its sliding window. */
  public static final Architecture MISTRAL = llamaLike("mistral", LLAMA_NAMES, Map.of());

  /** Qwen2 and Qwen2.5: biases on query, key and value. */
  public static final Architecture QWEN2 =
      llamaLike("qwen2", LLAMA_NAMES, biases(Presence.ALWAYS, QUERY, KEY, VALUE));

  /** Qwen3: queries and keys are normalised head by head. */
  public static final Architecture QWEN3 =
      llamaLike(
          "qwen3",
          with(LLAMA_NAMES, Map.of(QUERY_NORM, "self_attn.q_norm", KEY_NORM, "self_attn.k_norm")),
          biases(Presence.IF_STORED, QUERY, KEY, VALUE, ATTENTION_OUT));

  /** Phi-1 to Phi-2: one normalisation for attention and MLP, rotation of a part of each head. */
  public static final Architecture PHI =
      new Architecture(
          "phi",
          "model.",
          "layers.{}.",
          Map.ofEntries(
              Map.entry(TOKEN_EMBEDDING, "embed_tokens"),
              Map.entry(FIRST_NORM, "input_layernorm"),
              Map.entry(QUERY, "self_attn.q_proj"),
              Map.entry(KEY, "self_attn.k_proj"),
              Map.entry(VALUE, "self_attn.v_proj"),
              Map.entry(ATTENTION_OUT, "self_attn.dense"),
              Map.entry(UP, "mlp.fc1"),
              Map.entry(DOWN, "mlp.fc2"),
              Map.entry(FINAL_NORM, "final_layernorm"),
              Map.entry(HEAD, "lm_head")),
          biases(
              Presence.ALWAYS,
              FIRST_NORM,
              QUERY,
              KEY,
              VALUE,
              ATTENTION_OUT,
              UP,
              DOWN,
              FINAL_NORM,
              HEAD),
          Layout.Embedding.PLAIN,
          Layout.Norm.LAYER,
          Layout.Position.ROTARY_HALVES,
          Layout.Projection.SEPARATE,
          Layout.Mlp.PLAIN,
          Optional.empty(),
          Layout.Residual.PARALLEL_ONE_NORM,
          WeightLayout.OUT_IN);

  /** Phi-3 and Phi-4: Llama with query, key and value, and gate and up, in one matrix each. */
  public static final Architecture PHI3 =
      new Architecture(
          "phi3",
          "model.",
          "layers.{}.",
          Map.ofEntries(
              Map.entry(TOKEN_EMBEDDING, "embed_tokens"),
              Map.entry(FIRST_NORM, "input_layernorm"),
              Map.entry(FUSED_QKV, "self_attn.qkv_proj"),
              Map.entry(ATTENTION_OUT, "self_attn.o_proj"),
              Map.entry(SECOND_NORM, "post_attention_layernorm"),
              Map.entry(FUSED_GATE_UP, "mlp.gate_up_proj"),
              Map.entry(DOWN, "mlp.down_proj"),
              Map.entry(FINAL_NORM, "norm"),
              Map.entry(HEAD, "lm_head")),
          Map.of(),
          Layout.Embedding.PLAIN,
          Layout.Norm.RMS,
          Layout.Position.ROTARY_HALVES,
          Layout.Projection.FUSED_PARTS,
          Layout.Mlp.GATED_FUSED,
          Optional.empty(),
          Layout.Residual.SEQUENTIAL,
          WeightLayout.OUT_IN);

  /** Gemma: scaled embeddings, gains stored less one, a gate through the tanh form of GELU. */
  public static final Architecture GEMMA =
      new Architecture(
          "gemma",
          "model.",
          "layers.{}.",
          LLAMA_NAMES,
          biases(Presence.IF_STORED, QUERY, KEY, VALUE, ATTENTION_OUT),
          Layout.Embedding.TIMES_ROOT_OF_WIDTH,
          Layout.Norm.RMS_FROM_ONE,
          Layout.Position.ROTARY_HALVES,
          Layout.Projection.SEPARATE,
          Layout.Mlp.GATED,
          Optional.of(Activation.GELU_TANH), // published as "gelu", trained with the tanh form
          Layout.Residual.SEQUENTIAL,
          WeightLayout.OUT_IN);

  private static final List<Architecture> ALL =
      List.of(GPT2, GPT_J, GPT_NEOX, LLAMA, MISTRAL, QWEN2, QWEN3, PHI, PHI3, GEMMA);

  private Architectures() {}

  /** The declaration for a {@code model_type}; a fault names the supported ones. */
  public static Architecture of(String modelType) {
    return ALL.stream()
        .filter(declared -> declared.modelType().equals(modelType))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault(
                    FaultCode.ARCHITECTURE_UNSUPPORTED,
                    "model_type \""
                        + modelType
                        + "\" is not supported; supported: "
                        + String.join(", ", supported())));
  }

  /** Every supported {@code model_type}, sorted. */
  public static List<String> supported() {
    return new ArrayList<>(new TreeSet<>(ALL.stream().map(Architecture::modelType).toList()));
  }

  private static Architecture llamaLike(
      String modelType, Map<TensorRole, String> names, Map<TensorRole, Presence> biases) {
    return new Architecture(
        modelType,
        "model.",
        "layers.{}.",
        names,
        biases,
        Layout.Embedding.PLAIN,
        Layout.Norm.RMS,
        Layout.Position.ROTARY_HALVES,
        Layout.Projection.SEPARATE,
        Layout.Mlp.GATED,
        Optional.empty(),
        Layout.Residual.SEQUENTIAL,
        WeightLayout.OUT_IN);
  }

  private static Map<TensorRole, Presence> biases(Presence presence, TensorRole... roles) {
    Map<TensorRole, Presence> biases = new EnumMap<>(TensorRole.class);
    List.of(roles).forEach(role -> biases.put(role, presence));
    return Collections.unmodifiableMap(biases);
  }

  private static <V> Map<TensorRole, V> with(Map<TensorRole, V> first, Map<TensorRole, V> second) {
    Map<TensorRole, V> both = new EnumMap<>(first);
    both.putAll(second);
    return Collections.unmodifiableMap(both);
  }
}
