package dev.emend.model;

/**
 * Predicts what a forward pass occupies, in bytes a token: the arrays that are alive together, as
 * the code of a block makes them.
 *
 * @param config numbers of the model
 * @param precision of its matrices
 */
public record PassMemory(ModelConfig config, Precision precision) {
  /** Arrays of the width of the residual stream: norms, sums, what attention and the MLP add. */
  private static final int STREAM_ARRAYS = 7;

  /** Arrays of the width of all heads: q, k, v, stored by head, rotated, repeated, merged. */
  private static final int HEAD_ARRAYS = 9;

  /** Arrays of the width of the MLP: gate, up, activation, product, and one while it is made. */
  private static final int MLP_ARRAYS = 5;

  /** Logits, their logarithms, and what was gathered of them. */
  private static final int LOGIT_ARRAYS = 3;

  /** What one token makes in a block, everything alive until the block ends. */
  public long block() {
    long width = config.width();
    long heads = (long) config.heads() * config.headWidth();
    long inner = config.innerWidth();
    long exact = STREAM_ARRAYS * width + HEAD_ARRAYS * heads + MLP_ARRAYS * inner;
    long rounded = precision.isLow() ? 4 * width + 5 * heads + 5 * inner : 0;
    return exact * Float.BYTES + rounded * precision.bytes();
  }

  /** What a head's vector over the vocabulary takes for one token that is scored. */
  public long logits() {
    return LOGIT_ARRAYS * (long) config.vocabulary() * Float.BYTES;
  }
}
