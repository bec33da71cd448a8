package dev.emend.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes small safetensors files for tests. */
final class TestTensors {
  private TestTensors() {}

  /** One-dimensional fp32 tensors, sorted by name. */
  static void write(Path path, Map<String, float[]> tensors) {
    Map<String, float[]> sorted = new TreeMap<>(tensors);
    List<TensorInfo> infos =
        sorted.entrySet().stream()
            .map(e -> TensorInfo.f32(e.getKey(), List.of((long) e.getValue().length)))
            .toList();
    try (SafetensorsWriter writer = SafetensorsWriter.create(path, infos, Map.of())) {
      sorted.forEach((name, values) -> writer.write(name, FloatBlocks.of(values)));
      writer.commit();
    }
  }
}
