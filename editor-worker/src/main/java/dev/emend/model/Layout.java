package dev.emend.model;

/** The choices in which decoder architectures differ. */
public final class Layout {
  private Layout() {}

  /** How vectors are normalised. */
  public enum Norm {
    /** Mean and variance removed, with gain and bias. */
    LAYER,
    /** Divided by the root mean square, with gain only. */
    RMS,
    /** The same, but what is stored is the gain less one. */
    RMS_FROM_ONE
  }

  /** What a token's vector is. */
  public enum Embedding {
    /** Its row of the embedding. */
    PLAIN,
    /** Its row times the square root of the width. */
    TIMES_ROOT_OF_WIDTH
  }

  /** How a token's position enters. */
  public enum Position {
    /** A learned vector is added to the token's. */
    LEARNED,
    /** Queries and keys are rotated; coordinate i pairs with i + n/2. */
    ROTARY_HALVES,
    /** Queries and keys are rotated; coordinate 2i pairs with 2i + 1. */
    ROTARY_PAIRS
  }

  /** How query, key and value projections are stored. */
  public enum Projection {
    /** Three matrices. */
    SEPARATE,
    /** One matrix: all queries, then all keys, then all values. */
    FUSED_THIRDS,
    /** One matrix: query, key and value of the first head, then of the second, and so on. */
    FUSED_PER_HEAD,
    /** One matrix stored (out x in): queries, then keys, then values, which may be fewer. */
    FUSED_PARTS
  }

  /** How the MLP turns its input into the key of the down-projection. */
  public enum Mlp {
    /** {@code act(up x)}. */
    PLAIN,
    /** {@code act(gate x) * up x}. */
    GATED,
    /** The same from one matrix stored (out x in): the gate, then up. */
    GATED_FUSED
  }

  /** How attention and MLP join the residual stream. */
  public enum Residual {
    /** The MLP reads what attention has written. */
    SEQUENTIAL,
    /** Both read the block's input, each through its own normalisation. */
    PARALLEL_TWO_NORMS,
    /** Both read the block's input through one normalisation. */
    PARALLEL_ONE_NORM
  }
}
