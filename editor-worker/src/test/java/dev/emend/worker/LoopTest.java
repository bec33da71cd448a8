package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ModelState;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A loop of its own for each test, on a model of one matrix, with all gates open. */
abstract class LoopTest {
  @TempDir Path folder;
  ModelState base;
  LoopHarness harness;

  @BeforeEach
  void setUp() {
    base = TinyModel.write(folder);
    harness = new LoopHarness(base, LoopSetup.OPEN, List.of());
  }

  @AfterEach
  void tearDown() {
    harness.close();
    assertThat(harness.editor.closed).isTrue();
  }

  /** The partition is ours and the model rebuilt. */
  final void ready() {
    harness.assign();
    harness.turnUntilIdle();
  }

  /** A worker that finds a log, in the place of the present one. */
  final void restart(LoopSetup setup, List<ProducerRecord<String, byte[]>> log) {
    harness.close();
    harness = new LoopHarness(base, setup, log);
    harness.assign();
  }

  final float[] liveWeights() {
    return harness.state.live().orElseThrow().state().floats(TinyModel.TENSOR);
  }
}
