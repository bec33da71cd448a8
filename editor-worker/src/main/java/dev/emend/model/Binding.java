package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the tensors of a declaration among stored weights and checks their shapes. */
final class Binding {
  private final ModelConfig config;
  private final Architecture architecture;
  private final Weights weights;
  private final TorchOps ops;
  private final Precision precision;
  private final boolean withBase;

  Binding(ModelConfig config, Weights weights, TorchOps ops, Precision precision) {
    this.config = config;
    this.precision = precision;
    this.architecture = config.architecture();
    this.weights = weights;
    this.ops = ops;
    this.withBase = StoredNames.hasBase(architecture, name -> weights.find(name).isPresent());
  }

  ModelConfig config() {
    return config;
  }

  TorchOps ops() {
    return ops;
  }

  Weights weights() {
    return weights;
  }

  /** Stored name of a role's weight. */
  String weightName(TensorRole role, int layer) {
    return architecture.name(role, layer, withBase) + ".weight";
  }

  /** The weight of a role, of exactly this shape. */
  NDArray weight(TensorRole role, int layer, long... shape) {
    return require(weightName(role, layer), shape);
  }

  Dense dense(TensorRole role, int layer, int in, int out) {
    boolean outIn = layout(role) == WeightLayout.OUT_IN;
    NDArray weight = outIn ? weight(role, layer, out, in) : weight(role, layer, in, out);
    return new Dense(weight, bias(role, layer, out), layout(role), precision.isLow());
  }

  /** Matrices stored one below the other in the matrix of a role, of these heights. */
  List<Dense> stacked(TensorRole role, int layer, int in, int... heights) {
    Dense all = dense(role, layer, in, Arrays.stream(heights).sum());
    List<Dense> parts = new ArrayList<>();
    int from = 0;
    for (int height : heights) {
      NDIndex rows = new NDIndex("{}:{}", from, from + height);
      NDArray bias = all.bias();
      parts.add(
          new Dense(
              kept(all.weight().get(rows)),
              bias == null ? null : kept(bias.get(rows)),
              all.layout(),
              all.low()));
      from += height;
    }
    return parts;
  }

  Normaliser normaliser(TensorRole role, int layer, int width) {
    NDArray stored = weight(role, layer, width);
    boolean fromOne = architecture.norm() == Layout.Norm.RMS_FROM_ONE;
    NDArray gain = fromOne ? kept(ops.call("plus_one", stored)) : stored;
    return new Normaliser(gain, bias(role, layer, width));
  }

  /** An array that lives as long as the weights. */
  private NDArray kept(NDArray array) {
    NDScope.unregister(array);
    array.attach(weights.manager());
    return array;
  }

  /** Matrices outside the blocks are always stored (out x in). */
  WeightLayout layout(TensorRole role) {
    return role.perBlock() ? architecture.layout() : WeightLayout.OUT_IN;
  }

  private @Nullable NDArray bias(TensorRole role, int layer, int width) {
    String name = architecture.name(role, layer, withBase) + ".bias";
    return switch (architecture.bias(role)) {
      case NEVER -> null;
      case IF_STORED -> weights.find(name).isPresent() ? require(name, width) : null;
      case ALWAYS -> require(name, width);
    };
  }

  private NDArray require(String name, long... shape) {
    NDArray array =
        weights
            .find(name)
            .orElseThrow(() -> new Fault(FaultCode.MODEL_INCOMPLETE, "the weights lack " + name));
    if (!array.getShape().equals(new Shape(shape))) {
      throw new Fault(
          FaultCode.MODEL_INCOMPLETE,
          name + " has shape " + array.getShape() + ", config.json implies " + new Shape(shape));
    }
    return array;
  }
}
