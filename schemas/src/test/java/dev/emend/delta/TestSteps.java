package dev.emend.delta;

import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.event.WeightLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Steps of the small model of {@link TestDeltas}, each a function of its version. */
final class TestSteps {
  private TestSteps() {}

  static TensorEdit linear(long seed) {
    LowRankFactors factors = TestDeltas.factors(new Random(seed), 2, 6, 10);
    return new TensorEdit(TestDeltas.LINEAR.name(), WeightLayout.OUT_IN, factors);
  }

  static TensorEdit conv1d(long seed) {
    LowRankFactors factors = TestDeltas.factors(new Random(seed), 1, 8, 8);
    return new TensorEdit(TestDeltas.CONV1D.name(), WeightLayout.IN_OUT, factors);
  }

  /** The step that follows a state: both matrices, the square one first. */
  static StagedVersion next(ModelState state) {
    long version = state.version().version() + 1;
    return state.stage(
        DeltaKind.WINDOW,
        List.of(conv1d(version), linear(1000 + version)),
        ExactUpdate.sequential());
  }

  /** The last of {@code steps} steps. */
  static StagedVersion advance(ModelState state, int steps) {
    StagedVersion staged = next(state);
    for (int i = 1; i < steps; i++) {
      staged = next(staged.result());
    }
    return staged;
  }

  static ModelDelta record(PackedDelta packed) {
    return packed
        .delta()
        .setBatchId("batch")
        .setFactIds(List.of("capitals|France|capital"))
        .setEventIds(List.of("e-1"))
        .setSeconds(TestDeltas.noSeconds())
        .setCreatedAt(Instant.EPOCH)
        .build();
  }

  static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }
}
