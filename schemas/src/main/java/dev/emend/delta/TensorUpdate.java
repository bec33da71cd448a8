package dev.emend.delta;

import dev.emend.event.DeltaEncoding;

/** What changes in one tensor: a sum of rank-one terms, or new values. */
public sealed interface TensorUpdate permits LowRankFactors, DenseValues {
  /** How the record on the wire names this kind. */
  DeltaEncoding encoding();

  /** Number of rank-one terms; 0 for new values. */
  int rank();

  /** Number of bytes of the values, without a header. */
  long bodyBytes();
}
