package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.Matrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one edited layer remembers over all windows: {@code A = lambda C + sum of k k^T} over the
 * standing facts, as an inverse, and each fact's key and value. Not thread-safe.
 */
final class LayerMemory implements AutoCloseable {
  /** Keys that are turned into fp64 together: bounds the memory of a factorisation. */
  private static final int BLOCK = 256;

  private final KeyPrior prior;
  private final RefactorPolicy policy;
  private final Map<String, LayerPair> standing = new LinkedHashMap<>();
  private GramInverse inverse;
  private double errorWhenFresh;
  private int steps;
  private int factorings;

  /** A memory in which nothing stands. */
  LayerMemory(KeyPrior prior, RefactorPolicy policy) {
    this(prior, policy, Map.of(), factor(prior, List.of()));
  }

  /**
   * A memory as it was computed elsewhere.
   *
   * @param inverse of {@code lambda C + sum of k k^T} over the pairs; becomes the memory's own
   */
  LayerMemory(
      KeyPrior prior, RefactorPolicy policy, Map<String, LayerPair> pairs, GramInverse inverse) {
    this.prior = prior;
    this.policy = policy;
    this.inverse = inverse;
    this.errorWhenFresh = inverse.errorEstimate();
    standing.putAll(pairs);
  }

  int layer() {
    return prior.layer();
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

  /**
   * As {@link #restore(Map)}, with the inverse as it was kept.
   *
   * @param kept becomes the memory's own
   */
  void restore(Map<String, LayerPair> pairs, GramInverse kept) {
    standing.clear();
    standing.putAll(pairs);
    swap(kept);
  }

  /** Takes keys out as a pending step: {@code B^-1 K} with {@code B = A - K K^T}. */
  Matrix release(Matrix keys) {
    return inverse.release(keys);
  }

  /** Adds keys as a pending step: {@code (A + K K^T)^-1 K}. */
  Matrix absorb(Matrix keys) {
    return inverse.absorb(keys);
  }

  /** Makes the pending steps count for good; factors anew when that is due. */
  void commit(Collection<String> removed, Map<String, LayerPair> written) {
    inverse.commit();
    removed.forEach(standing::remove);
    standing.putAll(written);
    steps++;
    if (policy.due(inverse, steps, errorWhenFresh)) {
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

  /** How often A was factored anew. */
  int factorings() {
    return factorings;
  }

  /** The standing pairs by fact; not a copy. */
  Map<String, LayerPair> standing() {
    return Collections.unmodifiableMap(standing);
  }

  /** The stored inverse, pending steps left out; to be read only. */
  GramInverse inverse() {
    return inverse;
  }

  private void refactor() {
    swap(factor(prior, standing.values()));
    factorings++;
  }

  private void swap(GramInverse fresh) {
    inverse.close();
    inverse = fresh;
    errorWhenFresh = fresh.errorEstimate();
    steps = 0;
  }

  private static GramInverse factor(KeyPrior prior, Collection<LayerPair> pairs) {
    try (Matrix a = prior.matrix()) {
      Iterator<LayerPair> rest = pairs.iterator();
      while (rest.hasNext()) {
        List<float[]> block = new ArrayList<>(BLOCK);
        while (rest.hasNext() && block.size() < BLOCK) {
          block.add(rest.next().key().toArray());
        }
        try (Matrix keys = Matrix.ofColumns(block)) {
          a.addLowerGram(1, keys);
        }
      }
      a.mirrorLower();
      return GramInverse.of(a);
    }
  }

  @Override
  public void close() {
    inverse.close();
  }
}
