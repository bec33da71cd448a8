package dev.emend.delta;

import dev.emend.event.PhaseSeconds;
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

/** Seeded weights, factors and model folders for tests of this package. */
final class TestDeltas {
  static final TensorInfo LINEAR = TensorInfo.f32("h.0.linear.weight", List.of(6L, 10L));
  static final TensorInfo CONV1D = TensorInfo.f32("h.1.conv.weight", List.of(8L, 8L));
  static final TensorInfo BIAS = TensorInfo.f32("h.1.conv.bias", List.of(8L));

  private TestDeltas() {}

  static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3));
    }
    return values;
  }

  static LowRankFactors factors(Random random, int rank, int out, int in) {
    return LowRankFactors.of(rank, out, in, values(random, rank * out), values(random, rank * in));
  }

  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** A folder with a matrix of each layout, one of them square, and a bias. */
  static ModelFolder folder(Path path, long seed) throws IOException {
    Random random = new Random(seed);
    Files.createDirectories(path);
    Files.writeString(
        path.resolve(ModelFolder.CONFIG), "{\"model_type\":\"gpt2\",\"torch_dtype\":\"float16\"}");
    List<TensorInfo> infos = List.of(LINEAR, CONV1D, BIAS);
    Path weights = path.resolve(ModelFolder.WEIGHTS);
    try (SafetensorsWriter writer = SafetensorsWriter.create(weights, infos, Map.of())) {
      for (TensorInfo info : infos) {
        writer.write(info.name(), FloatBlocks.of(values(random, (int) info.elements())));
      }
      writer.commit();
    }
    return ModelFolder.open(path);
  }

  static PhaseSeconds noSeconds() {
    PhaseSeconds seconds = new PhaseSeconds();
    seconds.getSchema().getFields().forEach(field -> seconds.put(field.pos(), 0.0));
    return seconds;
  }
}
