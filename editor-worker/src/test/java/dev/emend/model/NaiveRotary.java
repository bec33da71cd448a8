package dev.emend.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The forward pass of a model with rotary positions in plain double arrays, token by token as the
 * papers write it: the oracle for the declarations beside GPT-2.
 */
final class NaiveRotary {
  private final ModelConfig config;
  private final Architecture kind;
  private final Map<String, float[]> weights;

  NaiveRotary(ModelConfig config, Map<String, float[]> weights) {
    this.config = config;
    this.kind = config.architecture();
    this.weights = weights;
  }

  List<double[]> logits(int... ids) {
    float[] tokens = weight(TensorRole.TOKEN_EMBEDDING, 0, ".weight");
    boolean scaled = kind.embedding() == Layout.Embedding.TIMES_ROOT_OF_WIDTH;
    double scale = scaled ? Math.sqrt(config.width()) : 1;
    List<double[]> h = new ArrayList<>();
    for (int id : ids) {
      double[] row = new double[config.width()];
      for (int i = 0; i < row.length; i++) {
        row[i] = tokens[id * row.length + i] * scale;
      }
      h.add(row);
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      h = block(layer, h);
    }
    TensorRole head = config.tiedHead() ? TensorRole.TOKEN_EMBEDDING : TensorRole.HEAD;
    return h.stream().map(row -> dense(head, 0, norm(TensorRole.FINAL_NORM, 0, row))).toList();
  }

  private List<double[]> block(int layer, List<double[]> h) {
    List<double[]> attended = attention(layer, h);
    List<double[]> out = new ArrayList<>();
    for (int t = 0; t < h.size(); t++) {
      double[] mid = add(h.get(t), attended.get(t));
      double[] mlp =
          switch (kind.residual()) {
            case SEQUENTIAL -> mlp(layer, norm(TensorRole.SECOND_NORM, layer, mid));
            case PARALLEL_TWO_NORMS -> mlp(layer, norm(TensorRole.SECOND_NORM, layer, h.get(t)));
            case PARALLEL_ONE_NORM -> mlp(layer, norm(TensorRole.FIRST_NORM, layer, h.get(t)));
          };
      out.add(add(mid, mlp));
    }
    return out;
  }

  private List<double[]> attention(int layer, List<double[]> h) {
    List<double[][]> queries = new ArrayList<>();
    List<double[][]> keys = new ArrayList<>();
    List<double[][]> values = new ArrayList<>();
    List<double[]> out = new ArrayList<>();
    for (int t = 0; t < h.size(); t++) {
      double[] x = norm(TensorRole.FIRST_NORM, layer, h.get(t));
      queries.add(turned(t, heads(layer, TensorRole.QUERY, x), TensorRole.QUERY_NORM, layer));
      keys.add(turned(t, heads(layer, TensorRole.KEY, x), TensorRole.KEY_NORM, layer));
      values.add(heads(layer, TensorRole.VALUE, x));
      out.add(dense(TensorRole.ATTENTION_OUT, layer, mixed(queries.get(t), keys, values)));
    }
    return out;
  }

  /** All heads' answers for the newest token, one after another. */
  private double[] mixed(double[][] query, List<double[][]> keys, List<double[][]> values) {
    int width = config.headWidth();
    int sharing = config.heads() / config.keyHeads();
    double[] mixed = new double[config.heads() * width];
    for (int head = 0; head < config.heads(); head++) {
      double[] shares = new double[keys.size()];
      double sum = 0;
      for (int s = 0; s < shares.length; s++) {
        double score = dot(query[head], keys.get(s)[head / sharing]) / Math.sqrt(width);
        shares[s] = Math.exp(score);
        sum += shares[s];
      }
      for (int s = 0; s < shares.length; s++) {
        for (int i = 0; i < width; i++) {
          mixed[head * width + i] += shares[s] / sum * values.get(s)[head / sharing][i];
        }
      }
    }
    return mixed;
  }

  private double[][] heads(int layer, TensorRole role, double[] x) {
    int width = config.headWidth();
    if (kind.projection() == Layout.Projection.FUSED_PARTS) {
      return partHeads(layer, role, x);
    }
    boolean fused = kind.projection() == Layout.Projection.FUSED_PER_HEAD;
    double[] all = dense(fused ? TensorRole.FUSED_QKV : role, layer, x);
    int part =
        fused ? List.of(TensorRole.QUERY, TensorRole.KEY, TensorRole.VALUE).indexOf(role) : 0;
    int stride = fused ? 3 * width : width;
    double[][] heads = new double[all.length / stride][width];
    for (int head = 0; head < heads.length; head++) {
      System.arraycopy(all, head * stride + part * width, heads[head], 0, width);
    }
    return heads;
  }

  /** Of all queries, then all keys, then all values. */
  private double[][] partHeads(int layer, TensorRole role, double[] x) {
    int width = config.headWidth();
    int first =
        switch (role) {
          case QUERY -> 0;
          case KEY -> config.heads();
          default -> config.heads() + config.keyHeads();
        };
    double[] all = dense(TensorRole.FUSED_QKV, layer, x);
    double[][] heads = new double[role == TensorRole.QUERY ? config.heads() : config.keyHeads()][];
    for (int head = 0; head < heads.length; head++) {
      heads[head] = Arrays.copyOfRange(all, (first + head) * width, (first + head + 1) * width);
    }
    return heads;
  }

  private double[][] turned(int position, double[][] heads, TensorRole headNorm, int layer) {
    double[][] turned = new double[heads.length][];
    for (int head = 0; head < heads.length; head++) {
      double[] x = kind.has(headNorm) ? norm(headNorm, layer, heads[head]) : heads[head];
      turned[head] = turned(position, x);
    }
    return turned;
  }

  private double[] turned(int position, double[] x) {
    double[] frequencies = config.rotary().orElseThrow().frequencies();
    boolean halves = kind.position() == Layout.Position.ROTARY_HALVES;
    double[] y = x.clone();
    for (int i = 0; i < frequencies.length; i++) {
      double angle = position * frequencies[i];
      int a = halves ? i : 2 * i;
      int b = halves ? i + frequencies.length : 2 * i + 1;
      y[a] = x[a] * Math.cos(angle) - x[b] * Math.sin(angle);
      y[b] = x[b] * Math.cos(angle) + x[a] * Math.sin(angle);
    }
    return y;
  }

  private double[] mlp(int layer, double[] x) {
    boolean fused = kind.mlp() == Layout.Mlp.GATED_FUSED;
    boolean gated = fused || kind.mlp() == Layout.Mlp.GATED;
    int inner = config.innerWidth();
    double[] both = fused ? dense(TensorRole.FUSED_GATE_UP, layer, x) : new double[0];
    double[] key =
        fused ? Arrays.copyOfRange(both, inner, 2 * inner) : dense(TensorRole.UP, layer, x);
    double[] gate =
        fused ? Arrays.copyOf(both, inner) : gated ? dense(TensorRole.GATE, layer, x) : key;
    for (int i = 0; i < key.length; i++) {
      double active =
          switch (config.activation()) {
            case SILU -> gate[i] / (1 + Math.exp(-gate[i]));
            case GELU_TANH ->
                0.5
                    * gate[i]
                    * (1
                        + Math.tanh(
                            Math.sqrt(2 / Math.PI) * (gate[i] + 0.044715 * Math.pow(gate[i], 3))));
            case RELU -> Math.max(0, gate[i]);
            case GELU -> throw new IllegalArgumentException("no error function in plain Java");
          };
      key[i] = gated ? active * key[i] : active;
    }
    return dense(TensorRole.DOWN, layer, key);
  }

  private double[] norm(TensorRole role, int layer, double[] x) {
    float[] gain = weight(role, layer, ".weight");
    boolean centred = kind.bias(role) != Presence.NEVER;
    double mean = 0;
    for (double v : x) {
      mean += centred ? v / x.length : 0;
    }
    double power = 0;
    for (double v : x) {
      power += (v - mean) * (v - mean) / x.length;
    }
    double[] y = new double[x.length];
    int one = kind.norm() == Layout.Norm.RMS_FROM_ONE ? 1 : 0;
    for (int i = 0; i < y.length; i++) {
      double bias = centred ? weight(role, layer, ".bias")[i] : 0;
      y[i] = (x[i] - mean) / Math.sqrt(power + config.normEpsilon()) * (one + gain[i]) + bias;
    }
    return y;
  }

  private double[] dense(TensorRole role, int layer, double[] x) {
    float[] w = weight(role, layer, ".weight");
    boolean biased = kind.bias(role) != Presence.NEVER;
    double[] y = new double[w.length / x.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = biased ? weight(role, layer, ".bias")[o] : 0;
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * w[o * x.length + i];
      }
    }
    return y;
  }

  private float[] weight(TensorRole role, int layer, String part) {
    return weights.getOrDefault(kind.name(role, layer, true) + part, new float[0]);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] add(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
