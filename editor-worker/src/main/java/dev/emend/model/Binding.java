package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import org.jspecify.annotations.Nullable;

/** Finds the tensors of a declaration among stored weights and checks their shapes. */
final class Binding {
  private final ModelConfig config;
  private final Architecture architecture;
  private final Weights weights;
  private final TorchOps ops;
  private final boolean withBase;

  Binding(ModelConfig config, Weights weights, TorchOps ops) {
    this.config = config;
    this.architecture = config.architecture();
    this.weights = weights;
    this.ops = ops;
    String embedding = architecture.name(TensorRole.TOKEN_EMBEDDING, 0, true) + ".weight";
    this.withBase = weights.find(embedding).isPresent();
  }

  ModelConfig config() {
    return config;
  }

  TorchOps ops() {
    return ops;
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
    return new Dense(weight, bias(role, layer, out), layout(role));
  }

  Normaliser normaliser(TensorRole role, int layer, int width) {
    return new Normaliser(weight(role, layer, width), bias(role, layer, width));
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
