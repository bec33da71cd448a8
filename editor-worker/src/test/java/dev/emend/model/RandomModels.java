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
    return shapes(config);
  }

  /** Names and shapes of the tensors that a declaration implies, optional biases included. */
  static Map<String, long[]> shapes(ModelConfig config) {
    return DeclaredShapes.of(config);
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
}
