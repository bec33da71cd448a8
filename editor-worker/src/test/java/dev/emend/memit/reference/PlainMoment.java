package dev.emend.memit.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.linalg.Matrix;
import dev.emend.memit.KeyStatistics;
import dev.emend.model.BlockTap;
import dev.emend.model.Decoder;
import dev.emend.model.TokenBatch;
import dev.emend.token.TokenIds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Key statistics in plain arrays: the mean of k k^T over all tokens of some rows. */
final class PlainMoment {
  private final Map<Integer, double[][]> moments = new LinkedHashMap<>();
  private final int size;
  private int tokens;

  private PlainMoment(int size, List<Integer> layers) {
    this.size = size;
    layers.forEach(layer -> moments.put(layer, new double[size][size]));
  }

  static PlainMoment of(Decoder decoder, List<Integer> layers, List<TokenIds> rows) {
    PlainMoment moment = new PlainMoment(decoder.config().innerWidth(), layers);
    rows.forEach(row -> moment.add(decoder, row));
    for (double[][] sum : moment.moments.values()) {
      for (double[] line : sum) {
        for (int j = 0; j < line.length; j++) {
          line[j] /= moment.tokens;
        }
      }
    }
    return moment;
  }

  private void add(Decoder decoder, TokenIds row) {
    Map<Integer, float[]> keys = new HashMap<>();
    BlockTap tap =
        new BlockTap() {
          @Override
          public void downInput(int layer, NDArray input) {
            keys.put(layer, input.toFloatArray());
          }
        };
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var frame = decoder.frame(row.length());
      NDArray hidden = decoder.embed(TokenBatch.of(row).ids(decoder.manager()), frame);
      decoder.run(hidden, 0, decoder.config().layers(), frame, tap);
    }
    tokens += row.length();
    moments.forEach((layer, sum) -> addGram(keys.getOrDefault(layer, new float[0]), sum));
  }

  private void addGram(float[] keys, double[][] sum) {
    for (int from = 0; from < keys.length; from += size) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          sum[i][j] += (double) keys[from + i] * keys[from + j];
        }
      }
    }
  }

  Map<Integer, double[][]> moments() {
    return moments;
  }

  KeyStatistics statistics() {
    Map<Integer, Matrix> matrices = new LinkedHashMap<>();
    moments.forEach(
        (layer, moment) -> {
          double[] flat = new double[size * size];
          for (int i = 0; i < flat.length; i++) {
            flat[i] = moment[i / size][i % size];
          }
          matrices.put(layer, Matrix.ofColumnMajor(size, size, flat));
        });
    KeyStatistics statistics =
        KeyStatistics.of(new KeyStatistics.Origin(tokens, "plain", "plain"), matrices);
    matrices.values().forEach(Matrix::close);
    return statistics;
  }
}
