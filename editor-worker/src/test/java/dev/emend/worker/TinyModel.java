package dev.emend.worker;

import dev.emend.delta.MatrixShape;
import dev.emend.delta.ModelState;
import dev.emend.event.WeightLayout;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A model of one matrix, for loops that care about bytes and not about language. */
final class TinyModel {
  static final String NAME = "tiny";
  static final String TENSOR = "h.0.mlp.c_proj.weight";
  static final int OUT = 6;
  static final int IN = 8;
  static final MatrixShape SHAPE = new MatrixShape(WeightLayout.IN_OUT, OUT, IN);

  private TinyModel() {}

  /** Writes the model into a folder and opens it. */
  static ModelState write(Path folder) {
    Random random = new Random(7);
    float[] values = new float[OUT * IN];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try {
      Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TensorInfo info = TensorInfo.f32(TENSOR, List.of((long) IN, (long) OUT));
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(folder.resolve("model.safetensors"), List.of(info), Map.of())) {
      writer.write(TENSOR, FloatBlocks.of(values));
      writer.commit();
    }
    return ModelState.open(NAME, ModelFolder.open(folder));
  }
}
