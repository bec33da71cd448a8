package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/** Masks for tokens that follow a past whose rows are of different lengths. */
final class AttentionMask {
  private AttentionMask() {}

  /**
   * Mask {@code [B, 1, S, P + S]}: a token sees the first {@code visible} columns of its row's past
   * and, of the tokens read now, itself and those before it.
   *
   * @param visible number of valid columns of the past, by row
   * @param past columns of the past, P
   * @param now tokens read now, S
   */
  static NDArray of(NDManager manager, List<Integer> visible, int past, int now) {
    int width = past + now;
    float[] mask = new float[visible.size() * now * width];
    Arrays.fill(mask, Float.NEGATIVE_INFINITY);
    for (int row = 0; row < visible.size(); row++) {
      for (int token = 0; token < now; token++) {
        int at = (row * now + token) * width;
        Arrays.fill(mask, at, at + visible.get(row), 0);
        Arrays.fill(mask, at + past, at + past + token + 1, 0);
      }
    }
    return NativeArrays.floats(manager, mask, visible.size(), 1, now, width);
  }

  /** Mask {@code [1, 1, T, P + T]} of tokens that all see the same whole past. */
  static NDArray afterShared(NDManager manager, int past, int now) {
    return of(manager, List.of(past), past, now);
  }

  /** Mask {@code [B, 1, 1, P + T]} of one token a row that sees all up to itself. */
  static NDArray upTo(NDManager manager, List<Integer> positions, int past, int now) {
    int width = past + now;
    float[] mask = new float[positions.size() * width];
    for (int row = 0; row < positions.size(); row++) {
      int first = row * width + past + positions.get(row) + 1;
      Arrays.fill(mask, first, (row + 1) * width, Float.NEGATIVE_INFINITY);
    }
    return NativeArrays.floats(manager, mask, positions.size(), 1, 1, width);
  }

  /**
   * Mask {@code [B, 1, 1, T + G + 1]} for one more token: it sees its row's prompt, not the padding
   * after it, and everything generated since.
   *
   * @param prompts length of each row's prompt
   * @param padded length of the padded prompts, T
   * @param generated tokens a row since then that are in the past, G
   */
  static NDArray afterPrompts(NDManager manager, List<Integer> prompts, int padded, int generated) {
    int width = padded + generated + 1;
    float[] mask = new float[prompts.size() * width];
    for (int row = 0; row < prompts.size(); row++) {
      int at = row * width;
      Arrays.fill(mask, at + prompts.get(row), at + padded, Float.NEGATIVE_INFINITY);
    }
    return NativeArrays.floats(manager, mask, prompts.size(), 1, 1, width);
  }
}
