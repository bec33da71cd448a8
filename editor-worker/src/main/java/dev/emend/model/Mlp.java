package dev.emend.model;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** The MLP of one block, cut open at the input of the down-projection. */
final class Mlp {
  private final TorchOps ops;
  private final String activation;
  private final @Nullable Dense gate;
  private final Dense up;
  private final Dense down;

  Mlp(Binding binding, int layer) {
    ModelConfig config = binding.config();
    int inner = config.innerWidth();
    this.ops = binding.ops();
    this.activation = config.activation().operation();
    this.gate =
        config.architecture().mlp() == Layout.Mlp.GATED
            ? binding.dense(TensorRole.GATE, layer, config.width(), inner)
            : null;
    this.up = binding.dense(TensorRole.UP, layer, config.width(), inner);
    this.down = binding.dense(TensorRole.DOWN, layer, inner, config.width());
  }

  /** From the normalised input {@code [.., d]} to what the down-projection reads. */
  NDArray downInput(NDArray x) {
    if (gate == null) {
      return ops.call(activation, up.apply(ops, x));
    }
    return ops.call(activation, gate.apply(ops, x)).mul(up.apply(ops, x));
  }

  /** From {@code [.., d_in]} to {@code [.., d]}. */
  NDArray down(NDArray input) {
    return down.apply(ops, input);
  }
}
