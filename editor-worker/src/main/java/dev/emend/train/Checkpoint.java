package dev.emend.train;

import ai.djl.ndarray.NDArray;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsFile;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The state of a training run in one safetensors file: weights, both moments of the optimiser, and
 * the number of updates. Replaced by an atomic rename, so a run that is killed leaves a whole one.
 */
final class Checkpoint {
  private static final String STEP = "step";
  private static final String SEED = "seed";
  private static final List<String> PARTS = List.of("weight/", "first/", "second/");

  private Checkpoint() {}

  static Path file(Path folder) {
    return folder.resolve("checkpoint").resolve("state.safetensors");
  }

  /** Writes the state after {@code step} updates. */
  static void write(Path folder, int step, long seed, TrainedWeights weights, Optimiser optimiser) {
    Path file = file(folder);
    Map<String, NDArray> arrays = arrays(weights, optimiser);
    List<TensorInfo> infos =
        arrays.entrySet().stream()
            .map(e -> TensorInfo.f32(e.getKey(), shape(e.getValue())))
            .toList();
    createParent(file);
    Map<String, String> metadata = Map.of(STEP, Integer.toString(step), SEED, Long.toString(seed));
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, metadata)) {
      arrays.forEach((name, array) -> writer.write(name, FloatBlocks.of(array.toFloatArray())));
      writer.commit();
    }
  }

  /** Reads a state into weights and optimiser of the same shapes; gives the updates made. */
  static int read(Path folder, long seed, TrainedWeights weights, Optimiser optimiser) {
    SafetensorsFile file = SafetensorsFile.open(file(folder));
    if (!Long.toString(seed).equals(file.metadata().get(SEED))) {
      throw new Fault(FaultCode.USAGE, "the checkpoint in " + folder + " has another seed");
    }
    arrays(weights, optimiser)
        .forEach(
            (name, array) -> {
              if (!file.names().contains(name) || !file.info(name).shape().equals(shape(array))) {
                throw new Fault(
                    FaultCode.USAGE, "the checkpoint in " + folder + " is of another model size");
              }
              array.set(file.floats(name));
            });
    return Integer.parseInt(file.metadata().getOrDefault(STEP, "0"));
  }

  private static Map<String, NDArray> arrays(TrainedWeights weights, Optimiser optimiser) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (String name : weights.names()) {
      arrays.put(PARTS.get(0) + name, weights.get(name));
      arrays.put(PARTS.get(1) + name, optimiser.moments(name).first());
      arrays.put(PARTS.get(2) + name, optimiser.moments(name).second());
    }
    return arrays;
  }

  static List<Long> shape(NDArray array) {
    return LongStream.of(array.getShape().getShape()).boxed().toList();
  }

  private static void createParent(Path file) {
    try {
      Files.createDirectories(file.resolveSibling("."));
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot create the folder of " + file, e);
    }
  }
}
