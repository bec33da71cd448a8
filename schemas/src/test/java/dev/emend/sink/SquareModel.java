package dev.emend.sink;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.delta.TensorEdit;
import dev.emend.event.DeltaKind;
import dev.emend.event.WeightLayout;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A model with one square matrix, on which a wrong layout does not show in the shapes. */
record SquareModel(Path folder, ModelState base, WeightLayout layout) {
  static final String WEIGHT = "h.0.c_proj.weight";
  static final int SIDE = 12;

  static SquareModel write(Path folder, String type) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(ModelFolder.CONFIG), "{\"model_type\":\"" + type + "\"}");
    TensorInfo info = TensorInfo.f32(WEIGHT, List.of((long) SIDE, (long) SIDE));
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(folder.resolve(ModelFolder.WEIGHTS), List.of(info), Map.of())) {
      writer.write(WEIGHT, FloatBlocks.of(values(new Random(3), SIDE * SIDE)));
      writer.commit();
    }
    WeightLayout layout = type.equals("gpt2") ? WeightLayout.IN_OUT : WeightLayout.OUT_IN;
    return new SquareModel(folder, ModelSnapshot.open("m", folder), layout);
  }

  /** The version after so many edits of rank one. */
  ModelState edited(int steps) {
    ModelState state = base;
    for (int step = 1; step <= steps; step++) {
      Random random = new Random(step);
      LowRankFactors factors =
          LowRankFactors.of(1, SIDE, SIDE, values(random, SIDE), values(random, SIDE));
      TensorEdit edit = new TensorEdit(WEIGHT, layout, factors);
      state = state.stage(DeltaKind.WINDOW, List.of(edit), ExactUpdate.sequential()).result();
    }
    return state;
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
