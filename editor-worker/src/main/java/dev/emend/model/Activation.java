package dev.emend.model;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;

/** The non-linearity of the MLP. */
public enum Activation {
  /** Gaussian error unit in its tanh form. */
  GELU_TANH("gelu_tanh"),
  /** Gaussian error unit in its exact form. */
  GELU("gelu"),
  /** {@code x * sigmoid(x)}. */
  SILU("silu"),
  /** {@code max(x, 0)}. */
  RELU("relu");

  private final String operation;

  Activation(String operation) {
    this.operation = operation;
  }

  /** Name of the operation in {@link TorchOps}. */
  String operation() {
    return operation;
  }

  /** The activation that a {@code config.json} names. */
  public static Activation of(String name) {
    return switch (name) {
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> GELU_TANH;
      case "gelu" -> GELU;
      case "silu", "swish" -> SILU;
      case "relu" -> RELU;
      default ->
          throw new Fault(
              FaultCode.ARCHITECTURE_UNSUPPORTED,
              "activation \""
                  + name
                  + "\" is not supported; supported: gelu, gelu_new, silu, relu");
    };
  }
}
