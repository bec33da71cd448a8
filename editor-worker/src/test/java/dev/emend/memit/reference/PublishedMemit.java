package dev.emend.memit.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.event.WeightLayout;
import dev.emend.linalg.Naive;
import dev.emend.memit.HyperParameters;
import dev.emend.model.BlockTap;
import dev.emend.model.Decoder;
import dev.emend.model.DownProjection;
import dev.emend.model.Frame;
import dev.emend.model.TokenBatch;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One MEMIT update of some edits as a batch; writes the decoder's weights. */
public final class PublishedMemit {
  private final Decoder decoder;
  private final HyperParameters numbers;
  private final List<PublishedEdit> edits;

  PublishedMemit(Decoder decoder, HyperParameters numbers, List<PublishedEdit> edits) {
    this.decoder = decoder;
    this.numbers = numbers;
    this.edits = edits;
  }

  /**
   * Figures of an update, as {@code [row][column]}.
   *
   * @param z targets, u x d
   * @param layers by layer, ascending
   */
  record Figures(List<double[]> z, Map<Integer, LayerFigures> layers) {}

  /** K is d_in x u, adj d_in x u, resid d x u. */
  record LayerFigures(List<double[]> keys, List<double[]> adj, List<double[]> resid) {}

  /** C of a layer, {@code [d_in][d_in]}, over all tokens of some rows. */
  static double[][] secondMoment(Decoder decoder, int layer, List<TokenIds> rows) {
    int size = decoder.config().innerWidth();
    double[][] sum = new double[size][size];
    int tokens = 0;
    for (TokenIds row : rows) {
      float[] keys = keys(decoder, row, layer);
      for (int t = 0; t < row.length(); t++, tokens++) {
        double[] k = vector(keys, t, size);
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            sum[i][j] += k[i] * k[j];
          }
        }
      }
    }
    for (double[] line : sum) {
      for (int j = 0; j < size; j++) {
        line[j] /= tokens;
      }
    }
    return sum;
  }

  Figures run(List<TokenIds> statisticsRows) {
    List<double[]> z =
        edits.stream().map(edit -> new PublishedTarget(decoder, numbers, edit).z()).toList();
    Map<Integer, double[][]> moments = new LinkedHashMap<>();
    for (int layer : numbers.layers()) {
      moments.put(layer, secondMoment(decoder, layer, statisticsRows));
    }
    Map<Integer, LayerFigures> layers = new LinkedHashMap<>();
    for (int i = 0; i < numbers.layers().size(); i++) {
      int layer = numbers.layers().get(i);
      int left = numbers.layers().size() - i;
      double[][] c = moments.getOrDefault(layer, new double[0][0]);
      layers.put(layer, write(layer, c, z, left));
    }
    return new Figures(z, layers);
  }

  private LayerFigures write(int layer, double[][] moment, List<double[]> z, int left) {
    double[][] keys = new double[edits.size()][];
    double[][] residual = new double[edits.size()][];
    for (int e = 0; e < edits.size(); e++) {
      keys[e] = key(edits.get(e), layer);
      LocatedPrompt plain = edits.get(e).prompts().get(0);
      double[] now =
          vector(
              hidden(decoder, plain.ids(), numbers.targetLayer()),
              plain.lastSubjectToken(),
              decoder.config().width());
      residual[e] = new double[now.length];
      for (int i = 0; i < now.length; i++) {
        residual[e][i] = (z.get(e)[i] - now[i]) / left;
      }
    }
    double[][] k = Naive.transposed(keys);
    double[][] scaled = new double[k.length][k.length];
    double[][] a =
        Naive.plus(Naive.plus(scaled, numbers.lambda(), moment), 1, Naive.times(k, keys));
    double[][] adj = Naive.solve(a, k);
    double[][] resid = Naive.transposed(residual);
    add(layer, Naive.times(resid, Naive.transposed(adj)));
    return new LayerFigures(List.of(k), List.of(adj), List.of(resid));
  }

  /** Half the plain key, half the mean of the others. */
  private double[] key(PublishedEdit edit, int layer) {
    int size = decoder.config().innerWidth();
    double[] key = new double[size];
    int prefixed = edit.prompts().size() - 1;
    for (int row = 0; row < edit.prompts().size(); row++) {
      LocatedPrompt prompt = edit.prompts().get(row);
      double[] own = vector(keys(decoder, prompt.ids(), layer), prompt.lastSubjectToken(), size);
      for (int i = 0; i < size; i++) {
        key[i] += row == 0 ? (prefixed == 0 ? 1 : 0.5) * own[i] : 0.5 / prefixed * own[i];
      }
    }
    return key;
  }

  private void add(int layer, double[][] change) {
    DownProjection projection = decoder.downProjection(layer);
    double[][] stored =
        projection.layout() == WeightLayout.OUT_IN ? change : Naive.transposed(change);
    float[] values = projection.values();
    for (int i = 0; i < stored.length; i++) {
      for (int j = 0; j < stored[0].length; j++) {
        values[i * stored[0].length + j] += (float) stored[i][j];
      }
    }
    projection.replace(values);
  }

  /** Hidden states after a block, {@code [T][d]} flat. */
  static float[] hidden(Decoder decoder, TokenIds ids, int layer) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(ids.length());
      NDArray h = decoder.embed(TokenBatch.of(ids).ids(decoder.manager()), frame);
      return decoder.run(h, 0, layer + 1, frame).toFloatArray();
    }
  }

  /** What the down-projection reads, {@code [T][d_in]} flat, from a pass through all blocks. */
  private static float[] keys(Decoder decoder, TokenIds ids, int wanted) {
    float[][] found = new float[1][];
    BlockTap tap =
        new BlockTap() {
          @Override
          public void downInput(int layer, NDArray input) {
            if (layer == wanted) {
              found[0] = input.toFloatArray();
            }
          }
        };
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(ids.length());
      NDArray h = decoder.embed(TokenBatch.of(ids).ids(decoder.manager()), frame);
      decoder.run(h, 0, decoder.config().layers(), frame, tap);
    }
    return found[0];
  }

  static double[] vector(float[] flat, int row, int width) {
    double[] vector = new double[width];
    for (int i = 0; i < width; i++) {
      vector[i] = flat[row * width + i];
    }
    return Arrays.copyOf(vector, width);
  }
}
