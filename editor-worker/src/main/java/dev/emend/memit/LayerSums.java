package dev.emend.memit;

import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.SpdFactor;
import dev.emend.model.DownProjection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a consolidation, summed up block by block: {@code A = lambda C + sum of k k^T} and
 * {@code M = sum of r k^T} over all facts, whose quotient is the whole update, {@code W = W_base +
 * M A^-1}. Two matrices of d_in x d_in and d x d_in in fp64, however many facts there are. Not
 * thread-safe.
 */
final class LayerSums implements AutoCloseable {
  private final DownProjection projection;
  private final float[] base;
  private final Matrix gram;
  private final Matrix moment;
  private @Nullable GramInverse inverse;

  /**
   * Sums of no facts yet.
   *
   * @param base values of the layer's weight before any fact, in stored order; taken over
   */
  LayerSums(DownProjection projection, float[] base, KeyPrior prior) {
    this.projection = projection;
    this.base = base;
    this.gram = prior.matrix();
    this.moment = Matrix.zeros(projection.outputs(), projection.inputs());
  }

  /** Adds facts by what was read of them; returns their pairs. */
  List<LayerPair> add(LayerStep step, List<FloatVector> targets, int left) {
    try (Matrix keys = Matrix.ofColumns(step.keys());
        Matrix residual = step.residual(targets, left);
        Matrix asked = StagedLayer.times(projection, base, keys)) {
      gram.addLowerGram(1, keys);
      moment.addProduct(1, residual, keys);
      asked.add(1, residual);
      List<LayerPair> pairs = new ArrayList<>();
      for (int fact = 0; fact < targets.size(); fact++) {
        pairs.add(
            new LayerPair(
                projection.layer(),
                FloatVector.of(step.keys().get(fact)),
                FloatVector.of(asked.column(fact))));
      }
      return pairs;
    }
  }

  /** The layer's new values in stored order: one rounding to fp32, at the end. */
  float[] solve() {
    gram.mirrorLower();
    try (SpdFactor factor = SpdFactor.of(gram);
        Matrix flipped = moment.transposed();
        Matrix update = factor.solve(flipped)) {
      inverse = GramInverse.of(factor);
      return added(update);
    }
  }

  /** {@code update} is d_in x d. */
  private float[] added(Matrix update) {
    float[] values = base.clone();
    boolean outFirst = projection.layout() == WeightLayout.OUT_IN;
    for (int out = 0; out < projection.outputs(); out++) {
      for (int in = 0; in < projection.inputs(); in++) {
        int at = outFirst ? out * projection.inputs() + in : in * projection.outputs() + out;
        values[at] = (float) (base[at] + update.get(in, out));
        if (!Float.isFinite(values[at])) {
          throw new Fault(
              FaultCode.NUMERICS,
              "consolidating layer %d left the range of fp32".formatted(projection.layer()));
        }
      }
    }
    return values;
  }

  /** The inverse of A, after {@link #solve}; becomes the caller's. */
  GramInverse takeInverse() {
    GramInverse taken = inverse;
    if (taken == null) {
      throw new IllegalStateException("layer " + projection.layer() + " is not solved");
    }
    inverse = null;
    return taken;
  }

  @Override
  public void close() {
    gram.close();
    moment.close();
    GramInverse left = inverse;
    if (left != null) {
      left.close();
    }
  }
}
