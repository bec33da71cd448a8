package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.MatrixShape;
import dev.emend.fault.RejectReason;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.StandingFact;
import dev.emend.model.DownProjection;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EditorTest {
  private static final EditRequest TOWER =
      new EditRequest.Assert("tower", "{} is in the city of", "The tower", "Rome");
  private static final EditRequest RUSS =
      new EditRequest.Assert("russ", "The tongue of {} is", "Russ", "English");

  @TempDir Path folder;
  private TinyEditor tiny;

  @BeforeEach
  void open() {
    tiny = TinyEditor.open(folder);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  @Test
  void shouldMakeTheObjectLikelierAndKeepItOnceCommitted() {
    float[] before = tiny.weight(0);
    try (StagedWindow window = stage(TOWER, RUSS)) {
      assertThat(window.result().written()).hasSize(2);
      assertThat(window.result().times().total()).isPositive();
      window.commit();
    }
    assertThat(tiny.weight(0)).isNotEqualTo(before);
    assertThat(tiny.editor().standing("tower")).hasSize(2);
  }

  @Test
  void shouldRestoreWeightsAndMemoryUnlessCommitted() {
    float[] before = tiny.weight(1);
    WindowResult first;
    try (StagedWindow window = stage(TOWER)) {
      first = window.result();
      assertThat(tiny.weight(1)).isNotEqualTo(before);
    }
    assertThat(tiny.weight(1)).isEqualTo(before);
    assertThat(tiny.editor().standing("tower")).isEmpty();
    try (StagedWindow window = stage(TOWER)) {
      assertThat(factors(window.result(), 0).adj()).isEqualTo(factors(first, 0).adj());
    }
  }

  @Test
  void shouldRestoreWeightsWhenEditingThrows() {
    float[] before = tiny.weight(0);
    Progress broken =
        (phase, done, total) -> {
          throw new IllegalStateException("stop");
        };
    assertThatThrownBy(() -> tiny.editor().stage(List.of(TOWER), broken))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tiny.weight(0)).isEqualTo(before);
  }

  @Test
  void shouldReplayToTheSameBits() {
    DownProjection projection = tiny.model().decoder().downProjection(1);
    float[] replayed = tiny.weight(1);
    try (StagedWindow window = stage(TOWER, RUSS)) {
      ExactUpdate.sequential()
          .apply(
              replayed,
              new MatrixShape(projection.layout(), projection.outputs(), projection.inputs()),
              factors(window.result(), 1));
      assertThat(tiny.weight(1)).isEqualTo(replayed);
    }
  }

  @Test
  void shouldTakeARetractedFactOutOfTheWeights() {
    float[] before = tiny.weight(0);
    commit(TOWER);
    double moved = distance(tiny.weight(0), before);
    WindowResult result = commit(new EditRequest.Retract("tower"));
    assertThat(result.retracted()).containsExactly("tower");
    assertThat(distance(tiny.weight(0), before)).isLessThan(1e-3 * moved);
    assertThat(tiny.editor().standing("tower")).isEmpty();
  }

  @Test
  void shouldLeaveNothingOfAFactThatIsOverwrittenTenTimes() {
    for (int i = 0; i < 10; i++) {
      commit(new EditRequest.Assert("tower", "{} is in the city of", "The tower", "City" + i));
    }
    float[] before = tiny.weight(0);
    commit(new EditRequest.Retract("tower"));
    try (TinyEditor fresh = TinyEditor.open(folder.resolve("fresh"))) {
      double moved = distance(before, fresh.weight(0));
      assertThat(distance(tiny.weight(0), fresh.weight(0))).isLessThan(1e-3 * moved);
    }
  }

  @Test
  void shouldRejectWhatItCannotEditAndEditTheRest() {
    try (StagedWindow window =
        stage(
            new EditRequest.Assert("a", "no place in", "The tower", "Rome"),
            new EditRequest.Assert("b", "{} is in", "The tower", " "),
            new EditRequest.Assert("c", "{} is in " + "very ".repeat(80), "The tower", "Rome"),
            new EditRequest.Retract("d"),
            TOWER)) {
      assertThat(window.result().rejected())
          .extracting(Rejection::reason)
          .containsExactly(
              RejectReason.PROMPT_WITHOUT_PLACEHOLDER,
              RejectReason.OBJECT_EMPTY,
              RejectReason.PROMPT_TOO_LONG,
              RejectReason.NOTHING_TO_RETRACT);
      assertThat(window.result().written()).extracting(EditedFact::factId).containsExactly("tower");
    }
  }

  @Test
  void shouldEditTwoFactsOfOneSubjectInOneWindow() {
    WindowResult result =
        commit(RUSS, new EditRequest.Assert("home", "{} was born in", "Russ", "Oslo"));
    assertThat(result.written()).hasSize(2);
    assertThat(result.written()).allSatisfy(f -> assertThat(f.target().isFinite()).isTrue());
  }

  @Test
  void shouldGoOnFromTheLedgerAsIfItHadNeverStopped() {
    WindowResult first = commit(TOWER);
    EditedFact tower = first.written().get(0);
    tiny.editor().restore(List.of());
    assertThat(tiny.editor().standing("tower")).isEmpty();
    tiny.editor().restore(List.of(standing(tower)));
    float[] before = tiny.weight(0);
    WindowResult result = commit(new EditRequest.Retract("tower"));
    assertThat(result.retracted()).containsExactly("tower");
    try (TinyEditor fresh = TinyEditor.open(folder.resolve("fresh"))) {
      double moved = distance(before, fresh.weight(0));
      assertThat(distance(tiny.weight(0), fresh.weight(0))).isLessThan(1e-3 * moved);
    }
  }

  @Test
  void shouldRefuseTwoRequestsForOneFact() {
    assertThatThrownBy(() -> stage(TOWER, TOWER)).isInstanceOf(IllegalArgumentException.class);
  }

  private StagedWindow stage(EditRequest... requests) {
    return tiny.editor().stage(List.of(requests), Progress.NONE);
  }

  private WindowResult commit(EditRequest... requests) {
    try (StagedWindow window = stage(requests)) {
      window.commit();
      return window.result();
    }
  }

  private static LowRankFactors factors(WindowResult result, int index) {
    return (LowRankFactors) result.tensors().get(index).update();
  }

  private static StandingFact standing(EditedFact fact) {
    return new StandingFact(
        fact.factId(),
        "event",
        "The tower",
        "city",
        "{} is in the city of",
        "Rome",
        null,
        1,
        FloatVector.of(fact.target().z().toArray()),
        new ArrayList<>(fact.layers()),
        null,
        null,
        Instant.EPOCH,
        "test");
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
