package dev.emend.model;

/** What a stored tensor is for. Roles from {@link #FIRST_NORM} to {@link #DOWN} exist per block. */
public enum TensorRole {
  /** Token vectors, {@code [V, d]}. */
  TOKEN_EMBEDDING(false),
  /** Learned position vectors, {@code [P, d]}. */
  POSITION_EMBEDDING(false),
  /** Normalisation before attention, and before the MLP where the two share one. */
  FIRST_NORM(true),
  /** Normalisation before the MLP. */
  SECOND_NORM(true),
  /** Query, key and value projections in one matrix. */
  FUSED_QKV(true),
  /** Query projection. */
  QUERY(true),
  /** Key projection of attention. */
  KEY(true),
  /** Value projection of attention. */
  VALUE(true),
  /** Normalisation of each query head. */
  QUERY_NORM(true),
  /** Normalisation of each key head. */
  KEY_NORM(true),
  /** Output projection of attention. */
  ATTENTION_OUT(true),
  /** Gate projection of a gated MLP. */
  GATE(true),
  /** Up-projection of the MLP. */
  UP(true),
  /** Gate and up-projection of a gated MLP in one matrix. */
  FUSED_GATE_UP(true),
  /** Down-projection of the MLP: the matrix that edits write to. */
  DOWN(true),
  /** Normalisation after the last block. */
  FINAL_NORM(false),
  /** Output matrix over the vocabulary, where it is not the token embedding. */
  HEAD(false);

  private final boolean perBlock;

  TensorRole(boolean perBlock) {
    this.perBlock = perBlock;
  }

  /** Whether each block has its own tensor of this role. */
  public boolean perBlock() {
    return perBlock;
  }
}
