package dev.emend.delta;

import dev.emend.event.DeltaEncoding;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A sum of rank-one terms {@code sum_r resid_r adj_r^T} with {@code resid_r} of the layer's output
 * size and {@code adj_r} of its input size: MEMIT's update {@code Delta = R K^T (lambda C + K
 * K^T)^-1} (Meng et al. 2022, eq. 14) with {@code resid = R} and {@code adj} the solved keys. All
 * values are finite 32-bit floats. Immutable.
 */
public final class LowRankFactors implements TensorUpdate {
  private final int rank;
  private final int out;
  private final int in;
  private final float[] resid;
  private final float[] adj;

  private LowRankFactors(int rank, int out, int in, float[] resid, float[] adj) {
    this.rank = rank;
    this.out = out;
    this.in = in;
    this.resid = resid;
    this.adj = adj;
  }

  /**
   * Factors, copied.
   *
   * @param resid row-major [rank][out]
   * @param adj row-major [rank][in]
   * @throws IllegalArgumentException if a size is below one, the lengths do not fit, or a value is
   *     not finite
   */
  public static LowRankFactors of(int rank, int out, int in, float[] resid, float[] adj) {
    return of(rank, out, in, FloatBuffer.wrap(resid), FloatBuffer.wrap(adj));
  }

  /** As {@link #of(int, int, int, float[], float[])}, from the remaining values of two buffers. */
  public static LowRankFactors of(int rank, int out, int in, FloatBuffer resid, FloatBuffer adj) {
    if (rank < 1 || out < 1 || in < 1) {
      throw new IllegalArgumentException("no factors of rank " + rank + ", " + out + " x " + in);
    }
    return new LowRankFactors(
        rank, out, in, copy("resid", resid, (long) rank * out), copy("adj", adj, (long) rank * in));
  }

  /**
   * The terms of several updates of one weight, one after another: adding them is adding the
   * updates in their order.
   *
   * @throws IllegalArgumentException if there are none or their sizes differ
   */
  static LowRankFactors joined(List<LowRankFactors> updates) {
    if (updates.size() == 1) {
      return updates.get(0);
    }
    int rank = updates.stream().mapToInt(LowRankFactors::rank).sum();
    LowRankFactors first = updates.get(0);
    FloatBuffer resid = FloatBuffer.allocate(Math.multiplyExact(rank, first.out));
    FloatBuffer adj = FloatBuffer.allocate(Math.multiplyExact(rank, first.in));
    for (LowRankFactors update : updates) {
      if (update.out != first.out || update.in != first.in) {
        throw new IllegalArgumentException("updates of different sizes");
      }
      resid.put(update.resid);
      adj.put(update.adj);
    }
    return new LowRankFactors(rank, first.out, first.in, resid.array(), adj.array());
  }

  private static float[] copy(String what, FloatBuffer values, long length) {
    Objects.requireNonNull(values, what);
    if (values.remaining() != length) {
      throw new IllegalArgumentException(
          what + " has " + values.remaining() + " values instead of " + length);
    }
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    FiniteValues.require(what, copy);
    return copy;
  }

  @Override
  public DeltaEncoding encoding() {
    return DeltaEncoding.LOW_RANK;
  }

  @Override
  public int rank() {
    return rank;
  }

  /** Output size of the layer. */
  public int out() {
    return out;
  }

  /** Input size of the layer. */
  public int in() {
    return in;
  }

  @Override
  public long bodyBytes() {
    return (long) rank * ((long) out + in) * Float.BYTES;
  }

  /** A read-only view of the output-side factors, row-major [rank][out]. */
  public FloatBuffer resid() {
    return FloatBuffer.wrap(resid).asReadOnlyBuffer();
  }

  /** A read-only view of the input-side factors, row-major [rank][in]. */
  public FloatBuffer adj() {
    return FloatBuffer.wrap(adj).asReadOnlyBuffer();
  }

  /** The array itself, for the kernel of this package, which only reads it. */
  float[] residArray() {
    return resid;
  }

  /** The array itself, for the kernel of this package, which only reads it. */
  float[] adjArray() {
    return adj;
  }
}
