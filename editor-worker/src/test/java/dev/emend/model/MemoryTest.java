package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.emend.memory.ProcessMemory;
import dev.emend.token.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryTest {
  private static final ModelConfig CONFIG = ModelConfig.gpt2(500, 32, 64, 4, 4, 0);
  private static final int WINDOWS = 200;

  /** A window leaves about 1 MB of states behind if nothing is freed, so a leak shows as 200 MB. */
  private static final long ALLOWED_GROWTH = 60L << 20;

  @Test
  void shouldNotGrowOverManyWindowsOfWork() throws IOException {
    try (Decoder decoder = RandomModels.gpt2(CONFIG, 1)) {
      Generator generator = new Generator(decoder, MicroBatches.of(CONFIG));
      window(decoder, generator, 20);
      long before = residentBytes();
      int arrays = managed(decoder);
      window(decoder, generator, WINDOWS);
      assertThat(managed(decoder)).isEqualTo(arrays);
      assertThat(residentBytes() - before).isLessThan(ALLOWED_GROWTH);
    }
  }

  /** Such buffers are freed when the collector comes by, which the heap gives no reason for. */
  @Test
  void shouldWriteWeightsIntoTheEngineWithoutBuffersOfTheJvm() {
    try (Decoder decoder = RandomModels.gpt2(CONFIG, 1)) {
      DownProjection projection = decoder.downProjection(1);
      float[] values = projection.values();
      values[0] = 7;
      projection.replace(values);
      ProcessMemory memory = new ProcessMemory();
      long before = memory.direct();
      for (int i = 0; i < 50; i++) {
        projection.replace(values);
      }
      assertThat(memory.direct()).isLessThanOrEqualTo(before);
      assertThat(projection.values()).isEqualTo(values);
    }
  }

  private static void window(Decoder decoder, Generator generator, int times) {
    List<TokenIds> rows =
        IntStream.range(1, 5)
            .mapToObj(n -> TokenIds.of(IntStream.range(n, n + 12 + n).toArray()))
            .toList();
    TokenBatch batch = new TokenBatch(rows);
    List<Integer> starts = rows.stream().map(row -> row.length() / 2).toList();
    for (int i = 0; i < times; i++) {
      LayerTrace.read(decoder, batch, starts, Set.of(0, 1), Set.of(1));
      generator.continuations(rows, 3);
      try (SuffixReplay replay = new SuffixReplay(decoder, batch, 1, starts, 2);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray delta = decoder.ops().copy(replay.shifted(zero(decoder, batch)));
        delta.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(decoder.logits(replay.replay(delta)).sum());
        }
        assertThat(delta.getGradient().getShape()).isEqualTo(delta.getShape());
      }
      DownProjection projection = decoder.downProjection(1);
      projection.replace(projection.values());
    }
  }

  private static NDArray zero(Decoder decoder, TokenBatch batch) {
    float[] zero = new float[batch.size() * CONFIG.width()];
    return NativeArrays.floats(decoder.manager(), zero, batch.size(), CONFIG.width());
  }

  private static int managed(Decoder decoder) {
    return decoder.manager().getManagedArrays().size();
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
