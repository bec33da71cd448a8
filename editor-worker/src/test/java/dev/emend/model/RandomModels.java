package dev.emend.model;

import ai.djl.ndarray.NDManager;
import dev.emend.event.WeightLayout;
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
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Architecture architecture = config.architecture();
    for (TensorRole role : architecture.names().keySet()) {
      if (role == TensorRole.HEAD && config.tiedHead()) {
        continue;
      }
      for (int layer = 0; layer < (role.perBlock() ? config.layers() : 1); layer++) {
        String name = architecture.name(role, layer, true);
        long[] size = shape(config, role);
        boolean turned = role.perBlock() && architecture.layout() == WeightLayout.IN_OUT;
        boolean matrix = size.length == 2 && turned;
        shapes.put(name + ".weight", matrix ? new long[] {size[1], size[0]} : size);
        if (architecture.bias(role) != Presence.NEVER) {
          shapes.put(name + ".bias", new long[] {size[0]});
        }
      }
    }
    return shapes;
  }

  /** Shape of a role's weight, outputs first. */
  private static long[] shape(ModelConfig config, TensorRole role) {
    long d = config.width();
    long all = (long) config.heads() * config.headWidth();
    long shared = (long) config.keyHeads() * config.headWidth();
    return switch (role) {
      case TOKEN_EMBEDDING, HEAD -> new long[] {config.vocabulary(), d};
      case POSITION_EMBEDDING -> new long[] {config.positions(), d};
      case FIRST_NORM, SECOND_NORM, FINAL_NORM -> new long[] {d};
      case QUERY_NORM, KEY_NORM -> new long[] {config.headWidth()};
      case FUSED_QKV -> new long[] {3 * all, d};
      case QUERY -> new long[] {all, d};
      case KEY, VALUE -> new long[] {shared, d};
      case ATTENTION_OUT -> new long[] {d, all};
      case GATE, UP -> new long[] {config.innerWidth(), d};
      case DOWN -> new long[] {d, config.innerWidth()};
    };
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
