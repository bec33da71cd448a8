package dev.emend.train;

/** Number format of the matrix products; weights, sums and losses are always float32. */
public enum Precision {
  /** 32-bit products: exact, the default. */
  FLOAT32(""),
  /** Products of operands rounded to bfloat16: faster where the processor has matrix tiles. */
  BFLOAT16("_bf16");

  private final String suffix;

  Precision(String suffix) {
    this.suffix = suffix;
  }

  /** What the names of the operations of this precision end in. */
  String suffix() {
    return suffix;
  }
}
