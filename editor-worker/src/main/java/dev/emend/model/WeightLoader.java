package dev.emend.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import dev.emend.memory.MemoryNeed;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.TensorInfo;
import java.util.List;

/**
 * Reads the weights that a declaration names into native memory, block by block, so that no tensor
 * lies in memory twice. What a folder holds besides, such as masks, is left out.
 */
final class WeightLoader {
  private final ModelFolder folder;
  private final ModelConfig config;
  private final Precision precision;

  private WeightLoader(ModelFolder folder, ModelConfig config, Precision precision) {
    this.folder = folder;
    this.config = config;
    this.precision = precision;
  }

  static Decoder load(ModelFolder folder, ModelConfig config, Precision precision, Device device) {
    Weights weights = Weights.alone(device);
    try {
      TorchOps ops = TorchOps.open(weights.manager(), config.constants(), precision);
      new WeightLoader(folder, config, precision).read(weights, ops);
      return Decoder.of(config, weights, ops, precision, folder::blocks);
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  /** What the weights will occupy, those of edited layers included at their low precision. */
  static MemoryNeed need(ModelFolder folder, ModelConfig config, Precision precision) {
    long[] bytes = {0};
    StoredNames.of(config, name -> folder.find(name).isPresent())
        .forEach(
            (name, role) ->
                folder
                    .find(name)
                    .ifPresent(
                        info ->
                            bytes[0] +=
                                info.elements() * held(precision, role, info.shape()).bytes()));
    return MemoryNeed.NONE
        .and("weights in " + precision, bytes[0])
        .and("reading", ArrayFiller.STAGING_BYTES);
  }

  /** Vectors and positions are small and enter sums: they stay as exact as they are stored. */
  private static Precision held(Precision precision, TensorRole role, List<Long> shape) {
    boolean matrix = shape.size() == 2 && role != TensorRole.POSITION_EMBEDDING;
    return matrix ? precision : Precision.FP32;
  }

  private void read(Weights weights, TorchOps ops) {
    ArrayFiller filler = new ArrayFiller(weights.manager(), ops);
    StoredNames names = StoredNames.of(config, name -> folder.find(name).isPresent());
    names.forEach(
        (name, role) -> {
          if (folder.find(name).map(TensorInfo::dtype).filter(d -> d.hasFloatForm()).isPresent()) {
            weights.add(name, read(filler, name, role));
          }
        });
  }

  private NDArray read(ArrayFiller filler, String name, TensorRole role) {
    long[] shape = folder.info(name).shape().stream().mapToLong(Long::longValue).toArray();
    FloatBlocks values = folder.blocks(name);
    return filler.filled(values, held(precision, role, folder.info(name).shape()), shape);
  }
}
