package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of more facts than are searched together. */
final class LargeWindowTest {
  private static final int FACTS = 120;

  @TempDir Path folder;

  @Test
  void shouldSearchTheSecondPartOnWhatTheFirstOneLeft() {
    try (TinyEditor tiny = TinyEditor.open(folder, TargetMethod.NORMALISED)) {
      List<EditedFact> whole = staged(tiny, requests(0, FACTS));
      List<EditedFact> first = staged(tiny, requests(0, 60));
      List<EditedFact> second = staged(tiny, requests(60, FACTS));

      assertThat(whole).extracting(EditedFact::factId).containsExactlyElementsOf(ids());
      assertThat(distance(whole.get(59), first.get(59))).isLessThan(1e-4);
      assertThat(distance(whole.get(60), second.get(0))).isGreaterThan(1e-3);
    }
  }

  @Test
  void shouldSearchAllOfAWindowOnOneModelInThePublishedRecipe() {
    try (TinyEditor tiny = TinyEditor.open(folder, TargetMethod.ADAM_EXACT)) {
      List<EditedFact> whole = staged(tiny, requests(0, FACTS));
      List<EditedFact> second = staged(tiny, requests(60, FACTS));

      assertThat(distance(whole.get(60), second.get(0))).isLessThan(1e-4);
    }
  }

  @Test
  void shouldComeToWhatTheTwoWindowsComeToOneAfterTheOther() {
    float[] whole;
    try (TinyEditor tiny = TinyEditor.open(folder, TargetMethod.NORMALISED)) {
      commit(tiny, requests(0, FACTS));
      whole = tiny.weight(1);
    }
    try (TinyEditor tiny = TinyEditor.open(folder, TargetMethod.NORMALISED)) {
      commit(tiny, requests(0, 60));
      commit(tiny, requests(60, FACTS));

      assertThat(distance(whole, tiny.weight(1))).isLessThan(1e-4);
    }
  }

  private static List<EditedFact> staged(TinyEditor tiny, List<EditRequest> requests) {
    try (StagedWindow window = tiny.editor().stage(requests, Progress.NONE)) {
      return window.result().written();
    }
  }

  private static void commit(TinyEditor tiny, List<EditRequest> requests) {
    try (StagedWindow window = tiny.editor().stage(requests, Progress.NONE)) {
      window.commit();
    }
  }

  private static List<EditRequest> requests(int from, int to) {
    return IntStream.range(from, to)
        .<EditRequest>mapToObj(
            i -> new EditRequest.Assert("f" + i, "{} is in the city of", "Tower " + i, "Rome"))
        .toList();
  }

  private static List<String> ids() {
    return requests(0, FACTS).stream().map(EditRequest::factId).toList();
  }

  private static double distance(EditedFact a, EditedFact b) {
    return distance(a.target().z().toArray(), b.target().z().toArray());
  }

  /** Relative to b. */
  private static double distance(float[] a, float[] b) {
    double wrong = 0;
    double size = 0;
    for (int i = 0; i < a.length; i++) {
      wrong += Math.pow((double) a[i] - b[i], 2);
      size += Math.pow(b[i], 2);
    }
    return Math.sqrt(wrong / size);
  }
}
