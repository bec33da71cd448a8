package dev.emend.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The MLP of one block, cut open at the input of the down-projection. */
final class Mlp {
  private final TorchOps ops;
  private final String activation;
  private final @Nullable Dense gate;
  private final Dense up;
  private final DownProjection down;

  Mlp(Binding binding, int layer, DownProjection down) {
    ModelConfig config = binding.config();
    int inner = config.innerWidth();
    this.ops = binding.ops();
    this.activation = config.activation().operation();
    if (config.architecture().mlp() == Layout.Mlp.GATED_FUSED) {
      List<Dense> both =
          binding.stacked(TensorRole.FUSED_GATE_UP, layer, config.width(), inner, inner);
      this.gate = both.get(0);
      this.up = both.get(1);
    } else {
      boolean gated = config.architecture().mlp() == Layout.Mlp.GATED;
      this.gate = gated ? binding.dense(TensorRole.GATE, layer, config.width(), inner) : null;
      this.up = binding.dense(TensorRole.UP, layer, config.width(), inner);
    }
    this.down = down;
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
    return down.apply(input);
  }
}
