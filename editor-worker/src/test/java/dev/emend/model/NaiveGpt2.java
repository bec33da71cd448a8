package dev.emend.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The forward pass of a GPT-2 in plain double arrays: the oracle for {@link Decoder}. */
final class NaiveGpt2 {
  private final ModelConfig config;
  private final Map<String, float[]> weights;

  NaiveGpt2(ModelConfig config, Map<String, float[]> weights) {
    this.config = config;
    this.weights = weights;
  }

  /** What a pass over one row gives: states after embedding and each block, keys, logits. */
  record Pass(List<double[][]> hidden, List<double[][]> keys, List<double[]> logits) {}

  Pass run(int... ids) {
    double[][] h = new double[ids.length][config.width()];
    float[] tokens = weight("wte.weight");
    float[] positions = weight("wpe.weight");
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < config.width(); i++) {
        h[t][i] = tokens[ids[t] * config.width() + i] + positions[t * config.width() + i];
      }
    }
    List<double[][]> hidden = new ArrayList<>();
    hidden.add(h);
    List<double[][]> keys = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "h." + layer + ".";
      double[][] mid = add(h, attention(block, norm(block + "ln_1", h)));
      double[][] key = gelu(dense(block + "mlp.c_fc", norm(block + "ln_2", mid)));
      keys.add(key);
      h = add(mid, dense(block + "mlp.c_proj", key));
      hidden.add(h);
    }
    return new Pass(hidden, keys, List.of(head(norm("ln_f", h))));
  }

  private double[][] attention(String block, double[][] x) {
    int d = config.width();
    int width = config.headWidth();
    double[][] qkv = dense(block + "attn.c_attn", x);
    double[][] mixed = new double[x.length][d];
    for (int head = 0; head < config.heads(); head++) {
      int at = head * width;
      for (int t = 0; t < x.length; t++) {
        double[] share = new double[t + 1];
        double sum = 0;
        for (int s = 0; s <= t; s++) {
          double score = 0;
          for (int i = 0; i < width; i++) {
            score += qkv[t][at + i] * qkv[s][d + at + i];
          }
          share[s] = Math.exp(score / Math.sqrt(width));
          sum += share[s];
        }
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            mixed[t][at + i] += share[s] / sum * qkv[s][2 * d + at + i];
          }
        }
      }
    }
    return dense(block + "attn.c_proj", mixed);
  }

  private double[][] dense(String name, double[][] x) {
    float[] w = weight(name + ".weight");
    float[] b = weight(name + ".bias");
    double[][] y = new double[x.length][b.length];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < b.length; o++) {
        y[t][o] = b[o];
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * w[i * b.length + o];
        }
      }
    }
    return y;
  }

  private double[][] norm(String name, double[][] x) {
    float[] gain = weight(name + ".weight");
    float[] bias = weight(name + ".bias");
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      for (double v : x[t]) {
        mean += v / x[t].length;
      }
      double variance = 0;
      for (double v : x[t]) {
        variance += (v - mean) * (v - mean) / x[t].length;
      }
      y[t] = new double[x[t].length];
      for (int i = 0; i < y[t].length; i++) {
        y[t][i] = (x[t][i] - mean) / Math.sqrt(variance + config.normEpsilon()) * gain[i] + bias[i];
      }
    }
    return y;
  }

  private double[][] head(double[][] x) {
    float[] tokens = weight("wte.weight");
    double[][] logits = new double[x.length][config.vocabulary()];
    for (int t = 0; t < x.length; t++) {
      for (int v = 0; v < logits[t].length; v++) {
        for (int i = 0; i < config.width(); i++) {
          logits[t][v] += x[t][i] * tokens[v * config.width() + i];
        }
      }
    }
    return logits;
  }

  private static double[][] gelu(double[][] x) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = new double[x[t].length];
      for (int i = 0; i < y[t].length; i++) {
        double v = x[t][i];
        y[t][i] = 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
      }
    }
    return y;
  }

  private static double[][] add(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int t = 0; t < a.length; t++) {
      for (int i = 0; i < sum[t].length; i++) {
        sum[t][i] = a[t][i] + b[t][i];
      }
    }
    return sum;
  }

  private float[] weight(String name) {
    float[] values = weights.get("transformer." + name);
    if (values == null) {
      throw new IllegalArgumentException(name);
    }
    return values;
  }
}
