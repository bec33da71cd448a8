package dev.emend.model;

import java.util.Locale;

/**
 * Number format of a model's matrices and of the products with them. Between products everything is
 * float32 whatever the format: the residual stream, normalisations, attention and its softmax, the
 * activation, logits and losses. Matrices that edits write to are float32 as well, and so are the
 * products with them.
 */
public enum Precision {
  /** 32-bit floats. */
  FP32(Float.BYTES, 6, 1),
  /** The upper half of a 32-bit float: its range, 8 bits of precision. */
  BF16(Short.BYTES, 15, 1),
  /** IEEE 754 binary16: 11 bits of precision, but gradients may underflow and are scaled. */
  FP16(Short.BYTES, 5, 4096);

  private final int bytes;
  private final int torchType;
  private final double lossScale;

  Precision(int bytes, int torchType, double lossScale) {
    this.bytes = bytes;
    this.torchType = torchType;
    this.lossScale = lossScale;
  }

  /** Bytes a value of a matrix takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether matrices are rounded to fewer than 32 bits. */
  public boolean isLow() {
    return this != FP32;
  }

  /** The engine's number of the type. */
  int torchType() {
    return torchType;
  }

  /** What {@link LossScale} begins with. */
  double lossScale() {
    return lossScale;
  }

  /** The name as the command line takes it, for example {@code bf16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
