package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention of one block: from the normalised input to what is added to the residual stream. */
final class Attention {
  private final TorchOps ops;
  private final ModelConfig config;
  private final int layer;
  private final List<Dense> projections;
  private final Dense out;
  private final @Nullable Normaliser queryNorm;
  private final @Nullable Normaliser keyNorm;

  Attention(Binding binding, int layer) {
    this.ops = binding.ops();
    this.config = binding.config();
    this.layer = layer;
    int all = config.heads() * config.headWidth();
    int shared = config.keyHeads() * config.headWidth();
    this.projections =
        switch (config.architecture().projection()) {
          case SEPARATE ->
              List.of(
                  binding.dense(TensorRole.QUERY, layer, config.width(), all),
                  binding.dense(TensorRole.KEY, layer, config.width(), shared),
                  binding.dense(TensorRole.VALUE, layer, config.width(), shared));
          case FUSED_PARTS ->
              binding.stacked(TensorRole.FUSED_QKV, layer, config.width(), all, shared, shared);
          case FUSED_THIRDS, FUSED_PER_HEAD ->
              List.of(binding.dense(TensorRole.FUSED_QKV, layer, config.width(), 3 * all));
        };
    this.out = binding.dense(TensorRole.ATTENTION_OUT, layer, all, config.width());
    boolean headNorm = config.architecture().has(TensorRole.QUERY_NORM);
    this.queryNorm =
        headNorm ? binding.normaliser(TensorRole.QUERY_NORM, layer, config.headWidth()) : null;
    this.keyNorm =
        headNorm ? binding.normaliser(TensorRole.KEY_NORM, layer, config.headWidth()) : null;
  }

  /** {@code x [B, T, d]} to {@code [B, T, d]}. */
  NDArray apply(NDArray x, Frame frame, BlockTap tap) {
    NDList heads = heads(x, frame, tap);
    return output(heads.get(0), heads.get(1), heads.get(2), frame, frame.mask());
  }

  /** The same for chosen tokens only, {@code [B, R, d]}: all are attended to, but only they ask. */
  NDArray applyAt(NDArray x, Frame frame, ChosenTokens chosen) {
    NDList heads = heads(x, frame, BlockTap.NONE);
    NDArray query = ops.call("pick", heads.get(0), chosen.offsets());
    return output(query, heads.get(1), heads.get(2), frame, chosen.mask());
  }

  private NDArray output(
      NDArray query, NDArray newKey, NDArray newValue, Frame frame, @Nullable NDArray mask) {
    NDArray key = newKey;
    NDArray value = newValue;
    KeyValues past = frame.past().get(layer);
    if (past != null) {
      key = ops.call("append", past.keys(), key);
      value = ops.call("append", past.values(), value);
    }
    return out.apply(ops, ops.call("merge", attend(query, key, value, mask)));
  }

  /** Rotated queries and keys, and values, each {@code [B, heads, T, dh]}. */
  NDList heads(NDArray x, Frame frame, BlockTap tap) {
    NDList heads = project(x);
    NDArray query = rotate(normalise(heads.get(0), queryNorm), frame.rotation());
    NDArray key = rotate(normalise(heads.get(1), keyNorm), frame.rotation());
    tap.keysAndValues(layer, key, heads.get(2));
    return new NDList(query, key, heads.get(2));
  }

  private NDList project(NDArray x) {
    return switch (config.architecture().projection()) {
      case SEPARATE, FUSED_PARTS ->
          new NDList(
              projections.stream()
                  .map(projection -> ops.call("split", projection.apply(ops, x)))
                  .toList());
      case FUSED_THIRDS -> ops.callAll("split_thirds", projections.get(0).apply(ops, x));
      case FUSED_PER_HEAD -> ops.callAll("split_per_head", projections.get(0).apply(ops, x));
    };
  }

  private NDArray normalise(NDArray heads, @Nullable Normaliser norm) {
    return norm == null ? heads : norm.apply(ops, heads);
  }

  private NDArray rotate(NDArray heads, Frame.@Nullable Rotation rotation) {
    if (rotation == null) {
      return heads;
    }
    boolean halves = config.architecture().position() == Layout.Position.ROTARY_HALVES;
    return ops.call(
        halves ? "rotate_halves" : "rotate_pairs", heads, rotation.cos(), rotation.sin());
  }

  private NDArray attend(NDArray query, NDArray key, NDArray value, @Nullable NDArray mask) {
    boolean grouped = config.heads() > config.keyHeads();
    NDArray keys = grouped ? ops.call("repeat_heads", key) : key;
    NDArray values = grouped ? ops.call("repeat_heads", value) : value;
    return mask == null
        ? ops.attendCausal(query, keys, values)
        : ops.attend(query, keys, values, mask);
  }
}
