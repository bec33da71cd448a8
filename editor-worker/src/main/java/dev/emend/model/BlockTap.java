package dev.emend.model;

import ai.djl.ndarray.NDArray;

/**
 * Listens to a forward pass. The arrays are freed soon after the call: a tap keeps what it wants as
 * a copy ({@link TorchOps#copy}) that it takes out of the block's scope with {@link
 * ai.djl.ndarray.NDScope#unregister} before it returns.
 */
public interface BlockTap {
  /** Hears nothing. */
  BlockTap NONE = new BlockTap() {};

  /** Rotated keys and values of the tokens read now, {@code [B, key heads, T, dh]}. */
  default void keysAndValues(int layer, NDArray keys, NDArray values) {}

  /** What the down-projection reads, {@code [B, T, d_in]}. */
  default void downInput(int layer, NDArray input) {}

  /** Hidden state after the block, {@code [B, T, d]}. */
  default void output(int layer, NDArray hidden) {}
}
