package dev.emend.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.emend.model.NativeArrays;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The weights of a GPT-2 type model by their Hugging Face names, float32, ready to collect
 * gradients. Matrices are stored (in x out) as GPT-2 stores them; the head is the embedding. Lives
 * as long as its manager.
 */
final class TrainedWeights {
  static final String EMBEDDING = "transformer.wte.weight";
  static final String POSITIONS = "transformer.wpe.weight";
  static final String FINAL_NORM = "transformer.ln_f.";
  private static final double SPREAD = 0.02;

  private final Map<String, NDArray> byName;

  private TrainedWeights(Map<String, NDArray> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** Fresh weights (Radford et al. 2019): normal, what enters the residual stream scaled down. */
  static TrainedWeights fresh(NDManager manager, ModelSize size, int vocabulary, long seed) {
    Map<String, NDArray> byName = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    shapes(size, vocabulary)
        .forEach((name, shape) -> byName.put(name, fresh(manager, name, shape, size, random)));
    byName.values().forEach(array -> array.setRequiresGradient(true));
    return new TrainedWeights(byName);
  }

  private static NDArray fresh(
      NDManager manager, String name, long[] shape, ModelSize size, SplittableRandom random) {
    int elements = 1;
    for (long n : shape) {
      elements = Math.toIntExact(elements * n);
    }
    float[] values = new float[elements];
    if (name.contains("ln_") && name.endsWith("weight")) {
      Arrays.fill(values, 1);
    } else if (name.endsWith("weight")) {
      double spread = name.contains("c_proj") ? SPREAD / Math.sqrt(2.0 * size.layers()) : SPREAD;
      for (int i = 0; i < elements; i++) {
        values[i] = (float) (spread * random.nextGaussian());
      }
    }
    return NativeArrays.floats(manager, values, shape);
  }

  /** Name and shape of every weight. */
  static Map<String, long[]> shapes(ModelSize size, int vocabulary) {
    long d = size.width();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, new long[] {vocabulary, d});
    shapes.put(POSITIONS, new long[] {size.positions(), d});
    for (int i = 0; i < size.layers(); i++) {
      String block = "transformer.h." + i + ".";
      put(shapes, block + "ln_1.", d);
      put(shapes, block + "attn.c_attn.", d, 3 * d);
      put(shapes, block + "attn.c_proj.", d, d);
      put(shapes, block + "ln_2.", d);
      put(shapes, block + "mlp.c_fc.", d, size.inner());
      put(shapes, block + "mlp.c_proj.", size.inner(), d);
    }
    put(shapes, FINAL_NORM, d);
    return shapes;
  }

  private static void put(Map<String, long[]> shapes, String prefix, long... weight) {
    shapes.put(prefix + "weight", weight);
    shapes.put(prefix + "bias", new long[] {weight[weight.length - 1]});
  }

  /** The weights of a block in the order of the operands of the network's block. */
  NDArray[] block(int layer) {
    String block = "transformer.h." + layer + ".";
    return List.of("ln_1.", "attn.c_attn.", "attn.c_proj.", "ln_2.", "mlp.c_fc.", "mlp.c_proj.")
        .stream()
        .flatMap(part -> List.of(get(block + part + "weight"), get(block + part + "bias")).stream())
        .toArray(NDArray[]::new);
  }

  NDArray get(String name) {
    NDArray array = byName.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no weight " + name);
    }
    return array;
  }

  Collection<String> names() {
    return byName.keySet();
  }

  /** Number of weights. */
  long count() {
    return byName.values().stream().mapToLong(NDArray::size).sum();
  }

  /** Whether a weight is part of a block. */
  static boolean insideBlock(String name) {
    return name.startsWith("transformer.h.");
  }

  /** Whether weight decay applies: to matrices, not to norms and biases. */
  static boolean decays(NDArray weight) {
    return weight.getShape().dimension() == 2;
  }
}
