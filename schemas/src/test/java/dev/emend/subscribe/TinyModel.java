package dev.emend.subscribe;

import dev.emend.delta.BlobStore;
import dev.emend.delta.DeltaPackager;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.delta.PackedDelta;
import dev.emend.delta.StagedVersion;
import dev.emend.delta.TensorEdit;
import dev.emend.event.DeltaChunk;
import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.WeightLayout;
import dev.emend.size.ByteSize;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A model of two small matrices that a worker of our own brings from version to version. */
final class TinyModel {
  static final TensorInfo WEIGHT = TensorInfo.f32("h.0.weight", List.of(6L, 10L));
  static final TensorInfo OTHER = TensorInfo.f32("h.1.weight", List.of(8L, 8L));

  /** A version as it goes into the log. */
  record Version(ModelDelta delta, List<DeltaChunk> chunks) {}

  private final Random random;
  private DeltaPackager packager;
  private ModelState state;

  private TinyModel(ModelState state, long seed, ByteSize inlineLimit) {
    this.state = state;
    this.random = new Random(seed);
    this.packager = new DeltaPackager(inlineLimit, new ByteSize(100));
  }

  /** A worker that starts from the folder; chunks hold 100 bytes. */
  static TinyModel worker(String model, Path base, long seed, ByteSize inlineLimit) {
    return new TinyModel(ModelSnapshot.open(model, base), seed, inlineLimit);
  }

  /** The same worker, whose payloads go to a store. */
  TinyModel storingIn(BlobStore store) {
    packager = packager.storingIn(store);
    return this;
  }

  static Path writeBase(Path folder, long seed) {
    Random values = new Random(seed);
    List<TensorInfo> infos = List.of(WEIGHT, OTHER);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(ModelFolder.CONFIG), "{\"model_type\":\"gpt2\"}");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Path weights = folder.resolve(ModelFolder.WEIGHTS);
    try (SafetensorsWriter writer = SafetensorsWriter.create(weights, infos, Map.of())) {
      for (TensorInfo info : infos) {
        writer.write(info.name(), FloatBlocks.of(floats(values, (int) info.elements())));
      }
      writer.commit();
    }
    return folder;
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  ModelState state() {
    return state;
  }

  /** Edits both matrices; event {@code e<version>} took effect. */
  Version next() {
    StagedVersion staged =
        state.stage(
            DeltaKind.WINDOW,
            List.of(
                edit(WEIGHT, WeightLayout.OUT_IN, 6, 10), edit(OTHER, WeightLayout.IN_OUT, 8, 8)),
            ExactUpdate.sequential());
    PackedDelta packed = packager.pack(staged);
    state = staged.result();
    long number = state.version().version();
    ModelDelta delta =
        packed
            .delta()
            .setBatchId("b" + number)
            .setFactIds(List.of("s|r" + number))
            .setEventIds(List.of("e" + number))
            .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
            .setCreatedAt(Instant.ofEpochSecond(number))
            .build();
    return new Version(delta, packed.chunks());
  }

  private TensorEdit edit(TensorInfo info, WeightLayout layout, int out, int in) {
    LowRankFactors factors =
        LowRankFactors.of(2, out, in, floats(random, 2 * out), floats(random, 2 * in));
    return new TensorEdit(info.name(), layout, factors);
  }
}
