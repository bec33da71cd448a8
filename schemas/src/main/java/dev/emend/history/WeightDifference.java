package dev.emend.history;

import dev.emend.delta.ModelState;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a tensor of one version lies from that of another.
 *
 * @param tensor its name
 * @param difference Frobenius norm of the difference, summed in 64 bits
 * @param norm Frobenius norm of the first version's values
 */
public record WeightDifference(String tensor, double difference, double norm) {

  /** The tensors in which two versions of a model differ, sorted by name. */
  public static List<WeightDifference> between(ModelState from, ModelState to) {
    List<WeightDifference> found = new ArrayList<>();
    for (String name : from.digest().tensors().keySet()) {
      if (!from.digest().tensor(name).equals(to.digest().tensor(name))) {
        found.add(of(name, from.floats(name), to.floats(name)));
      }
    }
    return found;
  }

  private static WeightDifference of(String name, float[] from, float[] to) {
    double squares = 0;
    double moved = 0;
    for (int i = 0; i < from.length; i++) {
      double step = (double) to[i] - from[i];
      squares += (double) from[i] * from[i];
      moved += step * step;
    }
    return new WeightDifference(name, Math.sqrt(moved), Math.sqrt(squares));
  }

  /** The difference as a share of the first version's norm; 0 if that is 0. */
  public double share() {
    return norm == 0 ? 0 : difference / norm;
  }
}
