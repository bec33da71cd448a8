package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ExactUpdate;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.model.StagedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * The layer loop, the down-date and the key memory themselves on two layers of a tiny model, with
 * keys and asked values held fixed: what a stream of windows must then come to.
 */
final class StreamCutTest {
  private static final int FACTS = 200;
  private static final List<Integer> LAYERS = List.of(0, 1);

  private final Path folder;
  private final TinyEditor tiny;
  private final List<float[][]> keys = new ArrayList<>();
  private final List<float[][]> values = new ArrayList<>();

  StreamCutTest() throws IOException {
    folder = Files.createTempDirectory("stream-cut");
    tiny = TinyEditor.open(folder);
  }

  @AfterProperty
  void close() throws IOException {
    tiny.close();
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 4)
  void shouldComeToTheSameWeightsHoweverTheStreamIsCut(@ForAll long seed) {
    draw(new Random(seed));
    List<float[]> once = written(windows(FACTS));
    for (int size : new int[] {10, 1}) {
      List<float[]> cut = written(windows(size));
      for (int layer : LAYERS) {
        assertThat(relative(cut.get(layer), once.get(layer)))
            .as("layer %d in windows of %d", layer, size)
            .isLessThan(1e-6);
      }
    }
  }

  @Property(tries = 4)
  void shouldLeaveNoTraceOfTenRewritesInWhatOtherFactsGet(@ForAll long seed) {
    Random random = new Random(seed);
    draw(random);
    float[][] last = values.get(0).clone();
    List<float[]> plain = written(windows(10));
    List<float[]> rewritten;
    try (Run run = new Run()) {
      windows(10).forEach(run::write);
      for (int i = 0; i < 10; i++) {
        values.get(0)[7] = i == 9 ? last[7] : vector(random, last[7].length, 10);
        run.write(List.of(7));
      }
      rewritten = run.weights();
    }
    assertThat(relative(rewritten.get(0), plain.get(0))).isLessThan(1e-6);
  }

  @Property(tries = 4)
  void shouldGiveBackTheWeightsThatNeverHeldARetractedFact(@ForAll long seed) {
    draw(new Random(seed));
    List<List<Integer>> some = windows(10).subList(0, 10);
    List<float[]> never = written(some);
    try (Run run = new Run()) {
      windows(10).forEach(run::write);
      run.retract(IntStream.range(100, FACTS).boxed().toList());
      for (int layer : LAYERS) {
        assertThat(relative(run.weights().get(layer), never.get(layer))).isLessThan(1e-5);
      }
    }
  }

  private void draw(Random random) {
    keys.clear();
    values.clear();
    for (int layer : LAYERS) {
      var projection = tiny.model().decoder().downProjection(layer);
      float[][] k = new float[FACTS][];
      float[][] v = new float[FACTS][];
      for (int fact = 0; fact < FACTS; fact++) {
        k[fact] = vector(random, projection.inputs(), 1);
        v[fact] = vector(random, projection.outputs(), 10);
      }
      keys.add(k);
      values.add(v);
    }
  }

  private static float[] vector(Random random, int size, double scale) {
    float[] vector = new float[size];
    for (int i = 0; i < size; i++) {
      vector[i] = (float) (scale * random.nextGaussian());
    }
    return vector;
  }

  private static List<List<Integer>> windows(int size) {
    List<List<Integer>> windows = new ArrayList<>();
    for (int from = 0; from < FACTS; from += size) {
      windows.add(IntStream.range(from, Math.min(FACTS, from + size)).boxed().toList());
    }
    return windows;
  }

  private List<float[]> written(List<List<Integer>> windows) {
    try (Run run = new Run()) {
      windows.forEach(run::write);
      return run.weights();
    }
  }

  private static double relative(float[] actual, float[] expected) {
    double wrong = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      wrong += Math.pow((double) actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(wrong / size);
  }

  /** A stream of windows from the model's own weights, which come back at the end. */
  private final class Run implements AutoCloseable {
    private final StagedWeights stage = StagedWeights.of(tiny.model().decoder(), LAYERS);
    private final KeyMemory memory =
        KeyMemory.of(tiny.editor().settings().numbers(), tiny.statistics());

    /** Facts that stand are taken out first. */
    void write(List<Integer> facts) {
      List<StagedLayer> layers = layers();
      List<String> standing = facts.stream().map(fact -> "f" + fact).filter(memory::holds).toList();
      release(layers, standing);
      FixedKeys source = new FixedKeys(tiny.model().decoder(), LAYERS, facts, keys, values);
      int width = tiny.model().config().width();
      List<FloatVector> zeros = Collections.nCopies(facts.size(), FloatVector.of(new float[width]));
      List<List<LayerPair>> pairs =
          new LayerLoop(1, layers, memory.layers(), clock()).write(source, zeros);
      Map<String, List<LayerPair>> written = new HashMap<>();
      for (int i = 0; i < facts.size(); i++) {
        written.put("f" + facts.get(i), pairs.get(i));
      }
      memory.commit(standing, written);
    }

    void retract(List<Integer> facts) {
      List<String> ids = facts.stream().map(fact -> "f" + fact).toList();
      release(layers(), ids);
      memory.commit(ids, Map.of());
    }

    private void release(List<StagedLayer> layers, List<String> ids) {
      for (int i = 0; i < layers.size(); i++) {
        DownDate.apply(layers.get(i), memory.layers().get(i), ids, clock());
      }
    }

    private List<StagedLayer> layers() {
      return LAYERS.stream()
          .map(
              layer ->
                  new StagedLayer(
                      stage,
                      tiny.model().decoder().downProjection(layer),
                      ExactUpdate.sequential()))
          .toList();
    }

    private PhaseClock clock() {
      return new PhaseClock(System::nanoTime);
    }

    List<float[]> weights() {
      return LAYERS.stream().map(tiny::weight).toList();
    }

    @Override
    public void close() {
      memory.close();
      stage.close();
    }
  }
}
