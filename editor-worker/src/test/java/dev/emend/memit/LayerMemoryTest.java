package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.linalg.Matrix;
import dev.emend.linalg.Naive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Recursive least squares on one linear layer, W of 3 x 8, keys and values fixed. */
final class LayerMemoryTest {
  private static final int INPUTS = 8;
  private static final int OUTPUTS = 3;

  @Property(tries = 25)
  void shouldNotDependOnHowTheStreamWasCut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int cut) {
    Random random = new Random(seed);
    double[][] keys = Naive.random(INPUTS, 12, random);
    double[][] values = Naive.random(OUTPUTS, 12, random);
    Matrix once = Matrix.zeros(OUTPUTS, INPUTS);
    Matrix pieces = Matrix.zeros(OUTPUTS, INPUTS);
    try (LayerMemory whole = memory(seed);
        LayerMemory parts = memory(seed)) {
      write(once, whole, keys, values, "all");
      for (int from = 0; from < 12; from += cut) {
        int to = Math.min(12, from + cut);
        write(pieces, parts, columns(keys, from, to), columns(values, from, to), "f" + from);
      }
      once.add(-1, pieces);
      assertThat(once.norm()).isLessThan(1e-6 * pieces.norm());
    }
  }

  @Property(tries = 25)
  void shouldTakeOutExactlyWhatWasPutIn(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] staying = Naive.random(INPUTS, 2, random);
    double[][] wanted = Naive.random(OUTPUTS, 2, random);
    double[][] leaving = Naive.random(INPUTS, 3, random);
    double[][] other = Naive.random(OUTPUTS, 3, random);
    Matrix without = Matrix.zeros(OUTPUTS, INPUTS);
    Matrix with = Matrix.zeros(OUTPUTS, INPUTS);
    try (LayerMemory plain = memory(seed);
        LayerMemory detour = memory(seed);
        Matrix keys = Naive.toMatrix(leaving);
        Matrix values = Naive.toMatrix(other)) {
      write(without, plain, staying, wanted, "s");
      write(with, detour, leaving, other, "l");
      write(with, detour, staying, wanted, "s");
      try (Matrix given = with.times(keys);
          Matrix gain = detour.release(keys)) {
        given.add(-1, values);
        with.addProduct(1, given, gain);
      }
      without.add(-1, with);
      assertThat(without.norm()).isLessThan(1e-6);
    }
  }

  /** W += (V - W K) adj^T, and remembers the keys. */
  private static void write(
      Matrix weight, LayerMemory memory, double[][] k, double[][] v, String name) {
    try (Matrix keys = Naive.toMatrix(k);
        Matrix residual = Naive.toMatrix(v);
        Matrix given = weight.times(keys);
        Matrix gain = memory.absorb(keys)) {
      residual.add(-1, given);
      weight.addProduct(1, residual, gain);
      memory.commit(
          List.of(),
          Map.of(name, new LayerPair(0, FloatVector.of(keys.column(0)), FloatVector.of(0f))));
    }
  }

  private static LayerMemory memory(long seed) {
    double[][] moment = Naive.spd(INPUTS, 1, new Random(seed));
    try (Matrix matrix = Naive.toMatrix(moment)) {
      KeyStatistics.Origin origin = new KeyStatistics.Origin(1000, "corpus", "model");
      return new LayerMemory(
          new KeyPrior(0, 0.5, KeyStatistics.of(origin, Map.of(0, matrix))),
          RefactorPolicy.DEFAULT);
    }
  }

  private static double[][] columns(double[][] a, int from, int to) {
    double[][] part = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      part[i] = Arrays.copyOfRange(a[i], from, to);
    }
    return part;
  }
}
