package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Some tokens of each row of a state {@code [B, T, d]}, R a row: the only ones that a last block is
 * computed at.
 *
 * @param offsets where they are in their rows, int64 {@code [B, R]}
 * @param flat the same in the flattened state, {@code row * T + offset}, int64 {@code [B R]}
 * @param mask what they see, {@code [B, 1, R, P + T]}
 */
public record ChosenTokens(NDArray offsets, NDArray flat, NDArray mask) {

  /** R tokens a row, given row after row, of rows of T tokens. */
  static ChosenTokens of(NDManager manager, long[] offsets, int rows, int width, NDArray mask) {
    int each = offsets.length / rows;
    long[] flat = new long[offsets.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (long) (i / each) * width + offsets[i];
    }
    return new ChosenTokens(
        NativeArrays.longs(manager, offsets, rows, each),
        NativeArrays.longs(manager, flat, flat.length),
        mask);
  }

  /** One token a row that sees a past of P tokens and its own row up to itself. */
  static ChosenTokens one(NDManager manager, List<Integer> offsets, int past, int width) {
    long[] chosen = offsets.stream().mapToLong(Integer::longValue).toArray();
    NDArray mask = AttentionMask.upTo(manager, offsets, past, width);
    return of(manager, chosen, chosen.length, width, mask);
  }

  /** The chosen tokens of a state, {@code [B, R, d]}. */
  NDArray select(TorchOps ops, NDArray state) {
    return ops.selectTokens(state, flat)
        .reshape(offsets.getShape().get(0), offsets.getShape().get(1), -1);
  }
}
