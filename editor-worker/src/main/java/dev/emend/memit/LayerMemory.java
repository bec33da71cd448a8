package dev.emend.memit;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.Matrix;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one edited layer remembers over all windows: {@code A = lambda C + sum of k k^T} over the
 * standing facts, as an inverse, and each fact's key and value. Not thread-safe.
 */
final class LayerMemory implements AutoCloseable {
  /** A worse conditioned step has cost the stored inverse too many digits: factor anew. */
  private static final double WORST_STEP = 1e-8;

  /** Steps on the inverse after which it is factored anew, whatever its condition. */
  private static final int REFACTOR_AFTER = 256;

  private static final long TOKENS_PER_INPUT = 4;
  private static final double RIDGE = 1e-3;

  private final int layer;
  private final double lambda;
  private final KeyStatistics statistics;
  private final Map<String, LayerPair> standing = new LinkedHashMap<>();
  private GramInverse inverse;
  private int steps;

  LayerMemory(int layer, double lambda, KeyStatistics statistics) {
    this.layer = layer;
    this.lambda = lambda;
    this.statistics = statistics;
    this.inverse = factor(List.of());
  }

  int layer() {
    return layer;
  }

  /** The standing pair of a fact. */
  Optional<LayerPair> find(String factId) {
    return Optional.ofNullable(standing.get(factId));
  }

  /** Forgets everything and remembers these pairs instead. */
  void restore(Map<String, LayerPair> pairs) {
    standing.clear();
    standing.putAll(pairs);
    refactor();
  }

  /** Takes keys out as a pending step: {@code B^-1 K} with {@code B = A - K K^T}. */
  Matrix release(Matrix keys) {
    return inverse.release(keys);
  }

  /** Adds keys as a pending step: {@code (A + K K^T)^-1 K}. */
  Matrix absorb(Matrix keys) {
    return inverse.absorb(keys);
  }

  /** Makes the pending steps count for good. */
  void commit(Collection<String> removed, Map<String, LayerPair> written) {
    inverse.commit();
    removed.forEach(standing::remove);
    standing.putAll(written);
    steps++;
    if (steps >= REFACTOR_AFTER || inverse.worstStep() < WORST_STEP) {
      refactor();
    }
  }

  /** Forgets the pending steps. */
  void rollback() {
    inverse.rollback();
  }

  /** Reciprocal condition number of A when it was last factored. */
  double reciprocalCondition() {
    return inverse.reciprocalCondition();
  }

  private void refactor() {
    GramInverse fresh =
        factor(standing.values().stream().map(LayerPair::key).map(FloatVector::toArray).toList());
    inverse.close();
    inverse = fresh;
    steps = 0;
  }

  private GramInverse factor(List<float[]> keys) {
    try (Matrix a = statistics.secondMoment(layer)) {
      a.scale(lambda);
      addRidge(a);
      if (!keys.isEmpty()) {
        try (Matrix columns = Matrix.ofColumns(keys)) {
          a.addGram(1, columns);
        }
      }
      return GramInverse.of(a);
    }
  }

  /** Statistics over hardly more tokens than inputs are singular or nearly so. */
  private void addRidge(Matrix a) {
    if (statistics.origin().tokens() >= TOKENS_PER_INPUT * statistics.size()) {
      return;
    }
    double trace = 0;
    for (int i = 0; i < a.rows(); i++) {
      trace += a.get(i, i);
    }
    for (int i = 0; i < a.rows(); i++) {
      a.set(i, i, a.get(i, i) + RIDGE * trace / a.rows());
    }
  }

  @Override
  public void close() {
    inverse.close();
  }
}
