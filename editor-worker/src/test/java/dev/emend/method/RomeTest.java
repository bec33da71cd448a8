package dev.emend.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.linalg.Matrix;
import dev.emend.linalg.Naive;
import dev.emend.linalg.SpdFactor;
import dev.emend.memit.EditRequest;
import dev.emend.memit.FactProbe;
import dev.emend.memit.HyperParameters;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RomeTest {
  @Test
  void shouldPointWhereThePaperSays() {
    Random random = new Random(8);
    double[][] c = Naive.spd(9, 0.2, random);
    double[][] contexts = Naive.random(9, 1, random);
    double[][] key = Naive.random(9, 1, random);
    double[][] solved = Naive.solve(c, contexts);
    double overlap = Naive.times(Naive.transposed(solved), key)[0][0];
    double[][] expected = Naive.plus(new double[9][1], 1 / overlap, solved);
    try (Matrix moment = Naive.toMatrix(c);
        SpdFactor factor = SpdFactor.of(moment);
        Matrix around = Naive.toMatrix(contexts);
        Matrix plain = Naive.toMatrix(key);
        Matrix direction = Rome.direction(factor, around, plain)) {
      assertThat(Naive.distance(direction, expected)).isLessThan(1e-11);
    }
  }

  @Test
  void shouldMakeTheHiddenStateWhatWasSearched(@TempDir Path folder) {
    try (TinyMethods tiny = TinyMethods.open(folder);
        EditMethod rome = tiny.methods(MethodOptions.PUBLISHED).open(MethodName.ROME);
        StagedWeights stage = StagedWeights.of(tiny.model().decoder(), rome.layers())) {
      List<EditRequest.Assert> fact = TinyMethods.FACTS.subList(0, 1);
      FactProbe probe = tiny.methods(MethodOptions.PUBLISHED).probe();
      HyperParameters numbers = probe.settings().numbers();
      try (Matrix wanted = probe.targets(fact, numbers, Progress.NONE)) {
        rome.edit(stage, fact, Progress.NONE);
        try (Matrix found = probe.hidden(fact, numbers.targetLayer())) {
          for (int i = 0; i < wanted.rows(); i++) {
            assertThat(found.get(i, 0)).isCloseTo(wanted.get(i, 0), within(1e-4));
          }
        }
      }
    }
  }
}
