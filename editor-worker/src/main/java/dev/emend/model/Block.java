package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import org.jspecify.annotations.Nullable;

/** One transformer block: attention and MLP on a residual stream. */
final class Block {
  private final int layer;
  private final TorchOps ops;
  private final Layout.Residual residual;
  private final Normaliser firstNorm;
  private final @Nullable Normaliser secondNorm;
  private final Attention attention;
  private final DownProjection down;
  private final Mlp mlp;

  Block(Binding binding, int layer, StoredValues stored) {
    ModelConfig config = binding.config();
    this.layer = layer;
    this.ops = binding.ops();
    this.residual = config.architecture().residual();
    this.firstNorm = binding.normaliser(TensorRole.FIRST_NORM, layer, config.width());
    this.secondNorm =
        residual == Layout.Residual.PARALLEL_ONE_NORM
            ? null
            : binding.normaliser(TensorRole.SECOND_NORM, layer, config.width());
    this.attention = new Attention(binding, layer);
    this.down = DownProjection.of(binding, layer, stored);
    this.mlp = new Mlp(binding, layer, down);
  }

  /** The weight that edits write to. */
  DownProjection downProjection() {
    return down;
  }

  /** Hidden state {@code [B, T, d]} after the block; everything else that it makes is freed. */
  NDArray apply(NDArray h, Frame frame, BlockTap tap) {
    return NativeArrays.keeping(
        () -> {
          NDArray attended = h.add(attention.apply(firstNorm.apply(ops, h), frame, tap));
          NDArray input = mlp.downInput(mlpInput(h, attended));
          tap.downInput(layer, input);
          NDArray out = attended.add(mlp.down(input));
          tap.output(layer, out);
          return out;
        });
  }

  /**
   * What the down-projection reads at chosen tokens, and nothing beyond: {@code [N, d_in]}.
   *
   * @param flatIndex positions {@code b * T + t}, int64
   */
  NDArray downInput(NDArray h, Frame frame, NDArray flatIndex) {
    return NativeArrays.keeping(
        () -> {
          if (residual != Layout.Residual.SEQUENTIAL) {
            NDArray chosen = ops.selectTokens(h, flatIndex);
            return mlp.downInput(mlpInput(chosen, chosen));
          }
          NDArray attended = h.add(attention.apply(firstNorm.apply(ops, h), frame, BlockTap.NONE));
          NDArray chosen = ops.selectTokens(attended, flatIndex);
          return mlp.downInput(mlpInput(chosen, chosen));
        });
  }

  /** Hidden state {@code [B, R, d]} after the block at chosen tokens, and nothing beyond. */
  NDArray applyAt(NDArray h, Frame frame, ChosenTokens chosen) {
    return NativeArrays.keeping(
        () -> {
          NDArray before = chosen.select(ops, h);
          NDArray attended = before.add(attention.applyAt(firstNorm.apply(ops, h), frame, chosen));
          return attended.add(mlp.down(mlp.downInput(mlpInput(before, attended))));
        });
  }

  /** What the down-projection reads at chosen tokens, {@code [B, R, d_in]}, and nothing beyond. */
  NDArray downInputAt(NDArray h, Frame frame, ChosenTokens chosen) {
    return NativeArrays.keeping(
        () -> {
          NDArray before = chosen.select(ops, h);
          NDArray attended =
              residual == Layout.Residual.SEQUENTIAL
                  ? before.add(attention.applyAt(firstNorm.apply(ops, h), frame, chosen))
                  : before;
          return mlp.downInput(mlpInput(before, attended));
        });
  }

  /** Computes the keys and values of attention for {@code tap}, and nothing beyond. */
  void keysAndValues(NDArray h, Frame frame, BlockTap tap) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      attention.heads(firstNorm.apply(ops, h), frame, tap);
    }
  }

  private NDArray mlpInput(NDArray blockInput, NDArray attended) {
    NDArray read = residual == Layout.Residual.SEQUENTIAL ? attended : blockInput;
    return (secondNorm == null ? firstNorm : secondNorm).apply(ops, read);
  }
}
