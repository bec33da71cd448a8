package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.linalg.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes standing facts out of a layer, the exact inverse of having put them in: {@code B = A - K
 * K^T} and {@code W -= (V - W K)(B^-1 K)^T} for their keys K and values V.
 */
final class DownDate {
  private DownDate() {}

  /** Takes the facts out of the staged weight and, pending, out of the memory. */
  static void apply(StagedLayer layer, LayerMemory memory, List<String> factIds, PhaseClock clock) {
    List<LayerPair> pairs = factIds.stream().map(memory::find).flatMap(Optional::stream).toList();
    if (pairs.isEmpty()) {
      return;
    }
    try (Matrix keys = matrix(pairs.stream().map(LayerPair::key));
        Matrix asked = matrix(pairs.stream().map(LayerPair::value));
        Matrix given = clock.time(PhaseClock.Phase.SOLVE, () -> layer.times(keys));
        Matrix gain = clock.time(PhaseClock.Phase.SOLVE, () -> memory.release(keys))) {
      given.add(-1, asked);
      clock.time(PhaseClock.Phase.APPLY, () -> layer.add(given, gain));
    }
  }

  private static Matrix matrix(Stream<FloatVector> vectors) {
    return Matrix.ofColumns(vectors.map(FloatVector::toArray).toList());
  }
}
