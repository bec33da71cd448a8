package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.ledger.StandingFact;
import dev.emend.linalg.Naive;
import dev.emend.model.DownProjection;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsolidationTest {
  @TempDir Path folder;
  private TinyEditor tiny;
  private BaseWeights base;

  @BeforeEach
  void open() {
    tiny = TinyEditor.open(folder);
    base = BaseWeights.of(tiny.model().folder());
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  private static EditRequest.Assert fact(String subject, String object) {
    return new EditRequest.Assert(subject, "{} is in the city of", subject, object);
  }

  private List<StandingFact> commit(EditRequest... requests) {
    try (StagedWindow window = tiny.editor().stage(List.of(requests), Progress.NONE)) {
      window.commit();
      return window.result().written().stream().map(f -> standing(f, requests)).toList();
    }
  }

  private static StandingFact standing(EditedFact edited, EditRequest... requests) {
    EditRequest.Assert told =
        (EditRequest.Assert)
            List.of(requests).stream()
                .filter(r -> r.factId().equals(edited.factId()))
                .findFirst()
                .orElseThrow();
    return new StandingFact(
        told.factId(),
        "event",
        told.subject(),
        "city",
        told.prompt(),
        told.object(),
        null,
        1,
        edited.target().z(),
        edited.layers(),
        null,
        null,
        Instant.EPOCH,
        "test");
  }

  private WindowResult consolidate() {
    try (Consolidation run = tiny.editor().consolidation(base)) {
      while (!run.done()) {
        run.advance();
      }
      try (StagedWindow window = tiny.editor().stage(run)) {
        window.commit();
        return window.result();
      }
    }
  }

  private List<float[]> weights() {
    return List.of(tiny.weight(0), tiny.weight(1));
  }

  @Test
  void shouldComeToTheSameBitsHoweverTheFactsCame() {
    List<StandingFact> ledger = new ArrayList<>();
    for (String name : List.of("The tower", "Russ", "Anna", "Oslo")) {
      ledger.addAll(commit(fact(name, "Rome")));
    }
    consolidate();
    List<float[]> expected = weights();

    Collections.reverse(ledger);
    tiny.editor().restore(ledger);
    consolidate();

    assertThat(weights().get(0)).isEqualTo(expected.get(0));
    assertThat(weights().get(1)).isEqualTo(expected.get(1));
  }

  @Test
  void shouldLeaveNothingOfRetractedAndOverwrittenFacts() {
    commit(fact("Russ", "Bonn"));
    commit(fact("Russ", "Riga"), fact("The tower", "Rome"));
    List<StandingFact> last = commit(fact("Russ", "Oslo"));
    commit(new EditRequest.Retract("The tower"));
    consolidate();
    List<float[]> consolidated = weights();

    tiny.editor().restore(last);
    consolidate();

    assertThat(consolidated.get(0)).isEqualTo(weights().get(0));
    assertThat(consolidated.get(1)).isEqualTo(weights().get(1));
  }

  @Test
  void shouldGiveBackTheBaseWeightsWhenNothingStands() {
    List<float[]> before = weights();
    commit(fact("Russ", "Bonn"));
    commit(new EditRequest.Retract("Russ"));
    consolidate();

    assertThat(weights().get(0)).isEqualTo(before.get(0));
    assertThat(weights().get(1)).isEqualTo(before.get(1));
  }

  @Test
  void shouldEqualOneWindowOverAllFactsFromTheBaseWeights() {
    List<EditRequest> all = List.of(fact("Russ", "Bonn"), fact("The tower", "Rome"));
    try (StagedWindow window = tiny.editor().stage(all, Progress.NONE)) {
      window.commit();
    }
    List<float[]> once = weights();
    consolidate();

    for (int layer = 0; layer < 2; layer++) {
      float[] original = base.values(tiny.model().decoder().downProjection(layer));
      double moved = distance(once.get(layer), original);
      assertThat(distance(weights().get(layer), once.get(layer))).isLessThan(1e-4 * moved);
    }
  }

  @Test
  void shouldLeaveTheWeightsAloneUntilItIsStagedAndRestoreThemUnlessCommitted() {
    commit(fact("Russ", "Bonn"), fact("The tower", "Rome"));
    List<float[]> before = weights();
    try (Consolidation run = tiny.editor().consolidation(base)) {
      while (!run.done()) {
        run.advance();
        assertThat(weights().get(0)).isEqualTo(before.get(0));
        assertThat(weights().get(1)).isEqualTo(before.get(1));
      }
      try (StagedWindow window = tiny.editor().stage(run)) {
        assertThat(window.result().moved()).hasSize(2);
        assertThat(weights().get(0)).isNotEqualTo(before.get(0));
      }
    }
    assertThat(weights().get(0)).isEqualTo(before.get(0));
    commit(new EditRequest.Retract("Russ"));
    assertThat(tiny.editor().standing("The tower")).hasSize(2);
  }

  @Test
  void shouldCatchUpWithWindowsThatCameMeanwhile() {
    commit(fact("Russ", "Bonn"), fact("The tower", "Rome"), fact("Anna", "Lima"));
    Consolidation run = tiny.editor().consolidation(base);
    run.advance();
    commit(fact("Oslo", "Riga"), fact("Russ", "Kiel"));
    commit(new EditRequest.Retract("The tower"));
    while (!run.done()) {
      run.advance();
    }
    try (run;
        StagedWindow window = tiny.editor().stage(run)) {
      assertThat(window.result().moved())
          .extracting(EditedFact::factId)
          .containsExactly("Anna", "Oslo", "Russ");
      window.commit();
    }
    float[] caughtUp = tiny.weight(0);
    assertThat(tiny.editor().standing("The tower")).isEmpty();
    consolidate();

    float[] original = base.values(tiny.model().decoder().downProjection(0));
    double moved = distance(tiny.weight(0), original);
    assertThat(distance(caughtUp, tiny.weight(0))).isLessThan(0.2 * moved);
  }

  @Test
  void shouldGoOnEditingFromAConsolidatedMemory() {
    commit(fact("Russ", "Bonn"), fact("The tower", "Rome"));
    WindowResult consolidated = consolidate();
    List<LayerPair> pairs = consolidated.moved().get(0).layers();
    assertThat(tiny.editor().standing(consolidated.moved().get(0).factId())).isEqualTo(pairs);

    commit(new EditRequest.Retract("Russ"), new EditRequest.Retract("The tower"));

    float[] original = base.values(tiny.model().decoder().downProjection(0));
    assertThat(distance(tiny.weight(0), original)).isLessThan(1e-5 * norm(original));
  }

  @Test
  void shouldRefuseFactsWhoseTargetsBelongToAnotherLayer() {
    StandingFact good = commit(fact("Russ", "Bonn")).get(0);
    tiny.editor().restore(List.of(good.placedBy(1, good.target(), good.layers().subList(0, 1))));

    assertThatThrownBy(() -> tiny.editor().consolidation(base))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("layer 0, not 1");
  }

  @Test
  void shouldSolveOneLayerAsPlainArithmeticDoes() {
    Random random = new Random(23);
    DownProjection projection = tiny.model().decoder().downProjection(0);
    float[] start = projection.values();
    double[][] k = Naive.random(projection.inputs(), 70, random);
    double[][] r = Naive.random(projection.outputs(), 70, random);
    KeyPrior prior = new KeyPrior(0, 20, tiny.statistics());
    float[] solved;
    try (LayerSums sums = new LayerSums(projection, start.clone(), prior)) {
      for (int from = 0; from < 70; from += 30) {
        int to = Math.min(70, from + 30);
        List<float[]> keys = new ArrayList<>();
        List<float[]> hidden = new ArrayList<>();
        List<FloatVector> zeros = new ArrayList<>();
        for (int fact = from; fact < to; fact++) {
          keys.add(column(k, fact, 1));
          hidden.add(column(r, fact, -2));
          zeros.add(FloatVector.of(new float[projection.outputs()]));
        }
        assertThat(sums.add(new LayerStep(keys, hidden), zeros, 2)).hasSize(to - from);
      }
      solved = sums.solve();
    }
    assertThat(distance(solved, oracle(projection, start, k, r, prior)))
        .isLessThan(1e-5 * norm(solved));
  }

  /** W + R K^T (lambda C + K K^T)^-1, spelt out. */
  private static float[] oracle(
      DownProjection projection, float[] start, double[][] k, double[][] r, KeyPrior prior) {
    double[][] a = new double[projection.inputs()][projection.inputs()];
    try (var matrix = prior.matrix()) {
      for (int i = 0; i < a.length; i++) {
        for (int j = 0; j < a.length; j++) {
          a[i][j] = matrix.get(i, j);
        }
      }
    }
    double[][] full = Naive.plus(a, 1, Naive.times(k, Naive.transposed(k)));
    double[][] update = Naive.transposed(Naive.solve(full, Naive.times(k, Naive.transposed(r))));
    float[] values = start.clone();
    for (int out = 0; out < projection.outputs(); out++) {
      for (int in = 0; in < projection.inputs(); in++) {
        boolean outFirst = projection.layout() == WeightLayout.OUT_IN;
        int at = outFirst ? out * projection.inputs() + in : in * projection.outputs() + out;
        values[at] += (float) update[out][in];
      }
    }
    return values;
  }

  private static float[] column(double[][] a, int column, double scale) {
    float[] values = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      values[i] = (float) (scale * a[i][column]);
    }
    return values;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double norm(float[] a) {
    return distance(a, new float[a.length]);
  }
}
