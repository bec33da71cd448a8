package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

/**
 * Differentiable operations that the tensor library does not offer itself, or offers in a form that
 * loses gradients. Each is a method of a TorchScript module that we write ourselves.
 *
 * <p>A result belongs to the manager of the first operand and to the innermost {@link NDScope}.
 * Operands must live in memory of the engine ({@link NativeArrays}). Thread-safe.
 */
public final class TorchOps implements AutoCloseable {
  private final TorchModule module;

  private TorchOps(TorchModule module) {
    this.module = module;
  }

  /** Loads the operations with the given constants below {@code parent}. */
  static TorchOps open(NDManager parent, TorchConstants constants) {
    return open(parent, constants, Precision.FP32);
  }

  /** The same for a model whose matrices are held in a precision. */
  static TorchOps open(NDManager parent, TorchConstants constants, Precision precision) {
    return new TorchOps(TorchModule.load(parent, TorchSource.of(constants, precision)));
  }

  /** {@code x [.., in]} times {@code w [out, in]} transposed, plus {@code b [out]}. */
  public NDArray linear(NDArray x, NDArray w, NDArray b) {
    return call("linear", x, w, b);
  }

  /** {@code x [.., in]} times {@code w [out, in]} transposed. */
  public NDArray linear(NDArray x, NDArray w) {
    return call("linear_plain", x, w);
  }

  /** Rows of {@code w [V, d]} at {@code ids} (int64, any shape). */
  public NDArray embedding(NDArray w, NDArray ids) {
    return call("embedding", w, ids);
  }

  /** Scaled dot-product attention of {@code [B, H, T, dh]} operands, each token seeing its past. */
  public NDArray attendCausal(NDArray q, NDArray k, NDArray v) {
    return call("attend_causal", q, k, v);
  }

  /** Attention of {@code q [B, H, S, dh]} over {@code k, v [B, H, T, dh]} with an added mask. */
  public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
    return call("attend", q, k, v, mask);
  }

  /** Mean over rows of -log p(target); targets of -100 count as absent. */
  public NDArray crossEntropy(NDArray logits, NDArray targets) {
    return call("cross_entropy", logits, targets);
  }

  /** -log p(target) for each row of {@code logits [N, V]}; 0 where the target is -100. */
  public NDArray crossEntropyRows(NDArray logits, NDArray targets) {
    return call("cross_entropy_rows", logits, targets);
  }

  /** Logarithm of the softmax over the last axis. */
  public NDArray logSoftmax(NDArray logits) {
    return call("log_softmax", logits);
  }

  /** log p(target) for {@code logits [.., V]} and int64 targets of the leading shape. */
  public NDArray logProbability(NDArray logits, NDArray targets) {
    return call("log_probability", logits, targets);
  }

  /** KL(p || q) over the last axis, from logarithms of probabilities. */
  public NDArray divergence(NDArray logP, NDArray logQ) {
    return call("divergence", logP, logQ);
  }

  /** {@code h [B, S, d]} with {@code delta [B, d]} added at the first position of each row. */
  public NDArray addToFirst(NDArray h, NDArray delta) {
    return call("add_first", h, delta);
  }

  /** The rows of {@code x} that an int64 {@code index [N]} names, along the first axis. */
  public NDArray select(NDArray x, NDArray index) {
    return call("select", x, index);
  }

  /** Token vectors of {@code h [B, T, d]} at flat positions {@code b * T + t}: {@code [N, d]}. */
  public NDArray selectTokens(NDArray h, NDArray flatIndex) {
    return call("select_tokens", h, flatIndex);
  }

  /** Index of the greatest value along the last axis, int64. */
  public NDArray argmax(NDArray x) {
    return call("argmax", x);
  }

  /** A contiguous copy through which gradients flow. */
  public NDArray copy(NDArray x) {
    return call("copy", x);
  }

  /** A differentiable cast to float32; gives back {@code x} itself where it is one. */
  public NDArray toFloat32(NDArray x) {
    return call("to_float32", x);
  }

  /** A differentiable cast to float64. */
  public NDArray toFloat64(NDArray x) {
    return call("to_float64", x);
  }

  /**
   * A differentiable cast to bfloat16. The engine's Java side cannot name this type: use such an
   * array only as an operand of these operations.
   */
  public NDArray toBfloat16(NDArray x) {
    return call("to_bfloat16", x);
  }

  /** A differentiable cast to float16. */
  public NDArray toFloat16(NDArray x) {
    return call("to_float16", x);
  }

  /** The single result of a method. */
  NDArray call(String method, NDArray... operands) {
    return module.call(method, operands);
  }

  /** All results of a method that gives a list. */
  NDList callAll(String method, NDArray... operands) {
    return module.callAll(method, operands);
  }

  @Override
  public void close() {
    module.close();
  }
}
