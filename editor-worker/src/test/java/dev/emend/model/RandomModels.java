package dev.emend.model;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Small models with seeded random weights. */
final class RandomModels {
  private RandomModels() {}

  /** Names, in {@code transformers} form, and shapes of a GPT-2's tensors. */
  static Map<String, long[]> gpt2Shapes(ModelConfig config) {
    int d = config.width();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("transformer.wte.weight", new long[] {config.vocabulary(), d});
    shapes.put("transformer.wpe.weight", new long[] {config.positions(), d});
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "transformer.h." + layer + ".";
      norm(shapes, block + "ln_1", d);
      dense(shapes, block + "attn.c_attn", d, 3 * d);
      dense(shapes, block + "attn.c_proj", d, d);
      norm(shapes, block + "ln_2", d);
      dense(shapes, block + "mlp.c_fc", d, config.innerWidth());
      dense(shapes, block + "mlp.c_proj", config.innerWidth(), d);
    }
    norm(shapes, "transformer.ln_f", d);
    return shapes;
  }

  /** Seeded values: gains around one, everything else around zero. */
  static Map<String, float[]> values(Map<String, long[]> shapes, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          float[] drawn = new float[(int) size(shape)];
          boolean gain = shape.length == 1 && name.endsWith(".weight");
          for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) ((gain ? 1 : 0) + random.nextGaussian() * 0.2);
          }
          values.put(name, drawn);
        });
    return values;
  }

  /** A decoder with those values. */
  static Decoder decoder(
      ModelConfig config, Map<String, long[]> shapes, Map<String, float[]> values) {
    Weights weights = Weights.alone();
    NDManager manager = weights.manager();
    shapes.forEach(
        (name, shape) ->
            weights.add(
                name,
                NativeArrays.floats(manager, values.getOrDefault(name, new float[0]), shape)));
    return Decoder.of(config, weights);
  }

  /** A seeded random GPT-2. */
  static Decoder gpt2(ModelConfig config, long seed) {
    Map<String, long[]> shapes = gpt2Shapes(config);
    return decoder(config, shapes, values(shapes, seed));
  }

  private static long size(long[] shape) {
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    return size;
  }

  private static void norm(Map<String, long[]> shapes, String name, int d) {
    shapes.put(name + ".weight", new long[] {d});
    shapes.put(name + ".bias", new long[] {d});
  }

  private static void dense(Map<String, long[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new long[] {in, out});
    shapes.put(name + ".bias", new long[] {out});
  }
}
