package dev.emend.memit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.ledger.FloatVector;
import dev.emend.linalg.Naive;
import dev.emend.memit.EditRequest;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.PhaseClock;
import dev.emend.memit.Target;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import dev.emend.token.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedMemitTest {
  private static final List<String> TEMPLATES = List.of("{}", "The river is. {}", "I think. {}");

  @Test
  void shouldSolveItsSystemAndWriteTheProduct(@TempDir Path folder) {
    TinyFolder.write(folder, 9);
    HyperParameters numbers = PublishedFixture.numbers();
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.defaults())) {
      List<PublishedEdit> edits = edits(model);
      PlainMoment moment = PlainMoment.of(model.decoder(), numbers.layers(), rows(model));
      PublishedMemit memit = new PublishedMemit(model.decoder(), numbers, moment.statistics());
      PhaseClock clock = new PhaseClock(System::nanoTime);
      float[] before = model.decoder().downProjection(0).values();

      List<Target> targets = memit.targets(edits, clock, Progress.NONE);
      PublishedLayer first = memit.write(edits, targets, clock).get(0);

      double[][] keys = Naive.transposed(wide(first.keys()));
      double[][] zero = new double[keys.length][keys.length];
      double[][] c = moment.moments().getOrDefault(0, zero);
      double[][] a =
          Naive.plus(
              Naive.plus(zero, numbers.lambda(), c), 1, Naive.times(keys, wide(first.keys())));
      assertClose(Naive.transposed(wide(first.gains())), Naive.solve(a, keys), 1e-5);
      double[][] change =
          Naive.times(Naive.transposed(wide(first.gains())), wide(first.residuals()));
      double[][] written = new double[change.length][change[0].length];
      float[] after = model.decoder().downProjection(0).values();
      for (int i = 0; i < after.length; i++) {
        written[i / change[0].length][i % change[0].length] = after[i] - before[i];
      }
      assertClose(written, change, 1e-5);
    }
  }

  private static List<PublishedEdit> edits(LanguageModel model) {
    return List.of(
        PublishedEdit.of(
            model.tokenizer(),
            TEMPLATES,
            new EditRequest.Assert("a", "{} is in the city of", "The tower", "Rome")),
        PublishedEdit.of(
            model.tokenizer(),
            TEMPLATES,
            new EditRequest.Assert("b", "The tongue of {} is", "Russ", "English")));
  }

  private static List<TokenIds> rows(LanguageModel model) {
    List<TokenIds> rows = new ArrayList<>();
    Random random = new Random(17);
    for (int i = 0; i < 40; i++) {
      rows.add(TokenIds.of(random.ints(20, 1, model.config().vocabulary()).toArray()));
    }
    return rows;
  }

  private static double[][] wide(List<FloatVector> vectors) {
    return PublishedFixture.rows(vectors);
  }

  private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[0].length; j++) {
        assertThat(actual[i][j]).isCloseTo(expected[i][j], within(tolerance));
      }
    }
  }
}
