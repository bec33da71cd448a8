package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.TensorInfo;

/** Reads the weights of a folder into native memory as float32. */
final class WeightLoader {
  private WeightLoader() {}

  static Decoder load(ModelFolder folder, ModelConfig config) {
    Weights weights = Weights.alone();
    try {
      for (String name : folder.names()) {
        TensorInfo info = folder.info(name);
        if (info.dtype().hasFloatForm()) {
          weights.add(name, read(folder, info, weights.manager()));
        }
      }
      return Decoder.of(config, weights);
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  private static NDArray read(ModelFolder folder, TensorInfo info, NDManager manager) {
    long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
    return NativeArrays.floats(manager, folder.floats(info.name()), shape);
  }
}
