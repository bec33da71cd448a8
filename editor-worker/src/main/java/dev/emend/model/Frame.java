package dev.emend.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens of a hidden state stand and what they may attend to: positions, rotation, mask,
 * and what was read before them. Made by {@link Decoder}; its arrays belong to the scope it was
 * made in.
 *
 * @param positions of the tokens in their rows, {@code [B or 1, T]}, int64
 * @param mask added to the attention scores, {@code [B or 1, 1, T, P + T]}; absent: every token
 *     sees its row up to itself
 * @param rotation cosine and sine of the positions; absent for learned positions
 * @param past keys and values of earlier tokens by layer; empty if there are none
 */
public record Frame(
    NDArray positions,
    @Nullable NDArray mask,
    @Nullable Rotation rotation,
    Map<Integer, KeyValues> past) {

  /** Copies the map. */
  public Frame {
    past = Map.copyOf(past);
    if (mask == null && !past.isEmpty()) {
      throw new IllegalArgumentException("a frame with a past needs a mask");
    }
  }

  /**
   * Rotation of queries and keys.
   *
   * @param cos cosine, {@code [B or 1, 1, T, rotated width]}
   * @param sin sine, of the same shape
   */
  public record Rotation(NDArray cos, NDArray sin) {}
}
