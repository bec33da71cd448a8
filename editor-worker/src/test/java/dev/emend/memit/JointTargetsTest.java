package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts of one subject: one delta for all of them, also when they come one after the other. */
final class JointTargetsTest {
  private static final EditRequest TONGUE =
      new EditRequest.Assert("tongue", "{} speaks", "Russ", "English");
  private static final EditRequest HOME =
      new EditRequest.Assert("home", "{} was born in", "Russ", "Oslo");
  private static final EditRequest WORK =
      new EditRequest.Assert("work", "The work of {} is", "Russ", "music");
  private static final EditRequest TOWER =
      new EditRequest.Assert("tower", "{} is in the city of", "The tower", "Rome");

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

  private WindowResult commit(EditRequest... requests) {
    try (StagedWindow window = tiny.editor().stage(List.of(requests), Progress.NONE)) {
      window.commit();
      return window.result();
    }
  }

  @Test
  void shouldGiveFactsOfOneSubjectOneTargetIfTheyShareTheKey() {
    WindowResult result = commit(TONGUE, TOWER, HOME);

    List<EditedFact> written = result.written();
    assertThat(written).extracting(EditedFact::factId).containsExactly("tongue", "tower", "home");
    assertClose(written.get(0).target().z().toArray(), written.get(2).target().z().toArray());
    assertThat(written.get(0).target().loss()).isEqualTo(written.get(2).target().loss());
    assertThat(written.get(0).target().loss()).isNotEqualTo(written.get(1).target().loss());
    assertClose(
        written.get(0).layers().get(0).value().toArray(),
        written.get(2).layers().get(0).value().toArray());
  }

  @Test
  void shouldShareTheChangeWherePromptsDifferBeforeTheSubject() {
    WindowResult result = commit(TONGUE, WORK);

    float[] tongue = result.written().get(0).target().z().toArray();
    float[] work = result.written().get(1).target().z().toArray();
    assertThat(tongue).isNotEqualTo(work);
    assertThat(result.written()).allSatisfy(f -> assertThat(f.target().isFinite()).isTrue());
  }

  @Test
  void shouldNotTouchTheTargetOfAFactThatIsAloneWithItsSubject() {
    WindowResult alone;
    try (StagedWindow window = tiny.editor().stage(List.of(TOWER), Progress.NONE)) {
      alone = window.result();
    }
    WindowResult beside = commit(TONGUE, HOME, TOWER);

    assertClose(
        beside.written().get(2).target().z().toArray(),
        alone.written().get(0).target().z().toArray());
  }

  @Test
  void shouldWriteWhatStandsAboutASubjectAnewWithALaterFact() {
    commit(TONGUE, TOWER);
    WindowResult result = commit(HOME);

    assertThat(result.written()).extracting(EditedFact::factId).containsExactly("home");
    assertThat(result.moved()).extracting(EditedFact::factId).containsExactly("tongue");
    assertThat(tiny.editor().standing("tongue")).isEqualTo(result.moved().get(0).layers());
    assertThat(tiny.editor().standing("home")).hasSize(2);
  }

  @Test
  void shouldKeepTheOtherFactOfASubjectWhenOneIsRetracted() {
    commit(TONGUE, HOME);
    WindowResult result = commit(new EditRequest.Retract("home"));

    assertThat(result.retracted()).containsExactly("home");
    assertThat(result.written()).isEmpty();
    assertThat(result.moved()).extracting(EditedFact::factId).containsExactly("tongue");
    assertThat(tiny.editor().standing("home")).isEmpty();
  }

  @Test
  void shouldLeaveStandingFactsAloneWhenAllThatIsAskedIsRejected() {
    commit(TONGUE);
    List<?> before = tiny.editor().standing("tongue");
    WindowResult result = commit(new EditRequest.Assert("home", "no place", "Russ", "Oslo"));

    assertThat(result.rejected()).hasSize(1);
    assertThat(result.moved()).isEmpty();
    assertThat(tiny.editor().standing("tongue")).isEqualTo(before);
  }

  @Test
  void shouldTakeAllFactsOfASubjectOutAgain() {
    float[] before = tiny.weight(0);
    commit(TONGUE, HOME, WORK);
    float[] edited = tiny.weight(0);
    commit(new EditRequest.Retract("home"));
    commit(new EditRequest.Retract("work"), new EditRequest.Retract("tongue"));

    assertThat(distance(tiny.weight(0), before)).isLessThan(1e-3 * distance(edited, before));
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(distance(actual, expected))
        .isLessThan(1e-4 * distance(expected, new float[expected.length]));
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
