package dev.emend.model;

import dev.emend.event.WeightLayout;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Declares a decoder architecture: what its tensors are called and which of a few choices it makes.
 * Adding an architecture is adding a declaration to {@link Architectures}.
 *
 * @param modelType the {@code model_type} of {@code config.json}
 * @param base prefix of all names but the head's; folders saved from the bare decoder lack it
 * @param block prefix of a block's names, with {@code {}} for its index
 * @param names name of each role's tensor without prefix and without {@code .weight}
 * @param biases whether a role has a bias; absent means never
 * @param embedding what a token's vector is
 * @param norm normalisation
 * @param position how positions enter
 * @param projection how query, key and value are stored
 * @param mlp kind of MLP
 * @param activation of the MLP, where it is not what {@code config.json} says
 * @param residual how attention and MLP join
 * @param layout how the matrices of the blocks are stored
 */
public record Architecture(
    String modelType,
    String base,
    String block,
    Map<TensorRole, String> names,
    Map<TensorRole, Presence> biases,
    Layout.Embedding embedding,
    Layout.Norm norm,
    Layout.Position position,
    Layout.Projection projection,
    Layout.Mlp mlp,
    Optional<Activation> activation,
    Layout.Residual residual,
    WeightLayout layout) {

  private static final String LAYER = "{}";

  /** Checks that the declaration is complete. */
  public Architecture {
    Objects.requireNonNull(modelType, "modelType");
    names = Collections.unmodifiableMap(new EnumMap<>(names));
    biases = biases.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(biases));
    if (!block.contains(LAYER)) {
      throw new IllegalArgumentException("block prefix without {}: " + block);
    }
    TensorRole up = mlp == Layout.Mlp.GATED_FUSED ? TensorRole.FUSED_GATE_UP : TensorRole.UP;
    for (TensorRole role : List.of(TensorRole.TOKEN_EMBEDDING, TensorRole.DOWN, up)) {
      if (!names.containsKey(role)) {
        throw new IllegalArgumentException(modelType + " names no " + role);
      }
    }
  }

  /** The same with attention and MLP joined in another way. */
  public Architecture withResidual(Layout.Residual other) {
    return new Architecture(
        modelType,
        base,
        block,
        names,
        biases,
        embedding,
        norm,
        position,
        projection,
        mlp,
        activation,
        other,
        layout);
  }

  /** Whether this architecture has a tensor of the role at all. */
  public boolean has(TensorRole role) {
    return names.containsKey(role);
  }

  /** Whether the role has a bias. */
  public Presence bias(TensorRole role) {
    return biases.getOrDefault(role, Presence.NEVER);
  }

  /**
   * Full name of a tensor without its {@code .weight} or {@code .bias}.
   *
   * @param role what it is for
   * @param layer index of the block; ignored for roles that exist once
   * @param withBase whether the folder's names carry the base prefix
   */
  public String name(TensorRole role, int layer, boolean withBase) {
    String name = names.get(role);
    if (name == null) {
      throw new IllegalArgumentException(modelType + " has no " + role);
    }
    if (role == TensorRole.HEAD) {
      return name;
    }
    String prefix = withBase ? base : "";
    return prefix + (role.perBlock() ? block.replace(LAYER, Integer.toString(layer)) : "") + name;
  }
}
