package dev.emend.memit;

import java.util.List;

/**
 * Where the layer loop reads keys and hidden states of its facts. Stands before one layer and only
 * moves up. One thread.
 */
interface KeySource {
  /** Moves up to stand before block {@code layer}. */
  void advanceTo(int layer);

  /** K of the block that the source stands before: one key of d_in values a fact. */
  List<float[]> keys();

  /** H after block {@code last}, with the weights as they are: d values a fact. */
  List<float[]> hiddenAfter(int last);
}
