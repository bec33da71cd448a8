package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.linalg.Matrix;
import java.nio.DoubleBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The uncentred second moment {@code C_l = mean of k k^T} of what each edited layer's
 * down-projection reads over a text corpus, with its origin. Immutable and thread-safe.
 */
public final class KeyStatistics {
  private final Origin origin;
  private final int size;
  private final SortedMap<Integer, float[]> packed;

  /**
   * Where statistics come from; together with the layer the complete key of a cache entry.
   *
   * @param tokens number of keys in the mean
   * @param corpusDigest SHA-256 of the token ids, hexadecimal
   * @param modelDigest digest of the model that read them, hexadecimal
   */
  public record Origin(long tokens, String corpusDigest, String modelDigest) {
    /** Refuses a corpus without tokens. */
    public Origin {
      Objects.requireNonNull(corpusDigest, "corpusDigest");
      Objects.requireNonNull(modelDigest, "modelDigest");
      if (tokens < 1) {
        throw new IllegalArgumentException("statistics over no tokens");
      }
    }
  }

  KeyStatistics(Origin origin, int size, Map<Integer, float[]> packed) {
    this.origin = origin;
    this.size = size;
    this.packed = new TreeMap<>(packed);
    this.packed.values().forEach(values -> requireLength(values, size));
  }

  /** Statistics from full symmetric matrices, whose lower triangles count. */
  public static KeyStatistics of(Origin origin, Map<Integer, Matrix> moments) {
    Map<Integer, float[]> packed = new TreeMap<>();
    moments.forEach((layer, moment) -> packed.put(layer, pack(moment)));
    return new KeyStatistics(origin, moments.values().iterator().next().rows(), packed);
  }

  private static float[] pack(Matrix moment) {
    int size = moment.rows();
    float[] lower = new float[packedLength(size)];
    int at = 0;
    for (int column = 0; column < size; column++) {
      for (int row = column; row < size; row++) {
        lower[at++] = (float) moment.get(row, column);
      }
    }
    return lower;
  }

  /** Where they come from. */
  public Origin origin() {
    return origin;
  }

  /** d_in, rows of each matrix. */
  public int size() {
    return size;
  }

  /** The layers that they cover, ascending. */
  public SortedSet<Integer> layers() {
    return new TreeSet<>(packed.keySet());
  }

  /**
   * The same statistics of fewer layers.
   *
   * @throws Fault with code STATISTICS_INVALID if one is not covered
   */
  public KeyStatistics only(Collection<Integer> chosen) {
    Map<Integer, float[]> part = new TreeMap<>();
    chosen.forEach(layer -> part.put(layer, packed(layer)));
    return new KeyStatistics(origin, size, part);
  }

  /**
   * {@code C_l}, a new full matrix of d_in x d_in.
   *
   * @throws Fault with code STATISTICS_INVALID if the layer is not covered
   */
  public Matrix secondMoment(int layer) {
    float[] lower = packed(layer);
    Matrix moment = Matrix.zeros(size, size);
    int at = 0;
    for (int column = 0; column < size; column++) {
      DoubleBuffer into = moment.view(column);
      for (int row = column; row < size; row++) {
        into.put(row, lower[at++]);
      }
    }
    moment.mirrorLower();
    return moment;
  }

  /**
   * {@code lambda C_l}, positive definite: statistics over hardly more tokens than inputs are
   * singular or nearly so and get a small ridge. A new matrix.
   */
  public Matrix prior(int layer, double lambda) {
    return new KeyPrior(layer, lambda, this).matrix();
  }

  /** Lower triangle of a layer, column by column; not a copy. */
  float[] packed(int layer) {
    float[] lower = packed.get(layer);
    if (lower == null) {
      throw new Fault(
          FaultCode.STATISTICS_INVALID,
          "the key statistics cover layers %s but not %d: run 'emend stats' with this layer"
              .formatted(packed.keySet(), layer));
    }
    return lower;
  }

  static int packedLength(int size) {
    return Math.toIntExact((long) size * (size + 1) / 2);
  }

  private static void requireLength(float[] values, int size) {
    if (values.length != packedLength(size)) {
      throw new IllegalArgumentException(values.length + " values for a triangle of " + size);
    }
  }
}
