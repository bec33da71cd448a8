package dev.emend.memit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.MatrixShape;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memory.MemoryBudget;
import dev.emend.memory.MemoryNeed;
import dev.emend.model.DownProjection;
import dev.emend.model.PassMemory;
import dev.emend.model.Precision;
import dev.emend.progress.Progress;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowMemoryTest {
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
  void shouldNeedMoreForMoreFactsAndForLargerPasses() {
    assertThat(need(4, 256)).isLessThan(need(40, 256));
    assertThat(need(40, 64)).isLessThan(need(40, 2048));
    assertThat(need(1, 2048)).as("one fact is never more than itself").isEqualTo(need(1, 4096));
    assertThat(need(0, 64)).isPositive();
  }

  @Test
  void shouldTellWhatTheMemoryIsFor() {
    assertThat(predictor().of(facts(3), plan(3).subjects(), 1, whole(3, 64)).toString())
        .contains("staged weights", "steps on the inverses", "keys and factors")
        .containsAnyOf("gradients through", "hidden states");
  }

  @Test
  void shouldChooseTheLargestPassThatFits() {
    WindowPlan plan = plan(40);
    long room = need(40, 512);
    PassSize passes = new PassSize(leaving(room), predictor(), 2048);
    assertThat(passes.of(plan, 40)).isEqualTo(whole(40, 512));
    assertThat(new PassSize(MemoryBudget.UNLIMITED, predictor(), 2048).of(plan, 40))
        .isEqualTo(whole(40, 2048));
  }

  @Test
  void shouldEditAWindowInPartsThatIsTooBigAsAWholeAndMakeOneUpdateOfIt() {
    WindowCut parts = WindowCut.inParts(plan(40).subjects(), 5, 64);
    long room = need(40, parts);
    assertThat(room).isLessThan(need(40, 64));
    EditorSettings settings = tiny.editor().settings().within(leaving(room));
    FactReader reader = FactReader.of(tiny.model().tokenizer(), settings, 64);
    float[] before = tiny.weight(0);
    try (Editor editor = Editor.of(tiny.model().decoder(), reader, settings, tiny.statistics());
        StagedWindow window = editor.stage(requests(40), Progress.NONE)) {
      WindowResult result = window.result();
      assertThat(result.written())
          .extracting(EditedFact::factId)
          .containsExactlyElementsOf(requests(40).stream().map(EditRequest::factId).toList());
      assertThat(result.tensors()).hasSize(settings.numbers().layers().size());
      DownProjection projection = tiny.model().decoder().downProjection(0);
      MatrixShape shape =
          new MatrixShape(projection.layout(), projection.outputs(), projection.inputs());
      float[] replayed = before.clone();
      ExactUpdate.sequential()
          .apply(replayed, shape, (LowRankFactors) result.tensors().get(0).update());
      assertThat(tiny.weight(0)).isEqualTo(replayed).isNotEqualTo(before);
      window.commit();
      assertThat(editor.standing("f39")).hasSize(settings.numbers().layers().size());
    }
  }

  @Test
  void shouldKeepFactsOfOneSubjectInOnePart() {
    assertThat(WindowCut.inParts(List.of("a", "b", "a", "c", "a", "d"), 2, 64).parts())
        .containsExactly(List.of(0, 2, 4), List.of(1, 3), List.of(5));
  }

  @Test
  void shouldRefuseAWindowBeforeAnythingIsDoneAndSayWhichOneFits() {
    float[] before = tiny.weight(0);
    WindowCut single = WindowCut.inParts(plan(6).subjects(), 1, 64);
    EditorSettings settings = tiny.editor().settings().within(leaving(need(6, single)));
    FactReader reader = FactReader.of(tiny.model().tokenizer(), settings, 64);
    long inverses = settings.inverses(tiny.model().config()).total().bytes();
    assertThat(inverses).as("the editor itself fits").isLessThan(need(6, single));
    try (Editor editor = Editor.of(tiny.model().decoder(), reader, settings, tiny.statistics())) {
      assertThatThrownBy(() -> editor.stage(requests(50), Progress.NONE))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.MEMORY_EXCEEDED))
          .hasMessageContaining("a window of 50 facts in parts would need")
          .hasMessageContaining("staged weights")
          .hasMessageContaining("use windows of 6 facts");
      assertThat(tiny.weight(0)).isEqualTo(before);
      try (StagedWindow window = editor.stage(requests(6), Progress.NONE)) {
        assertThat(window.result().written()).hasSize(6);
      }
    }
  }

  @Test
  void shouldRefuseAnEditorWhoseInversesDoNotFit() {
    EditorSettings settings = tiny.editor().settings().within(leaving(1000));
    FactReader reader = FactReader.of(tiny.model().tokenizer(), settings, 64);
    assertThatThrownBy(() -> Editor.of(tiny.model().decoder(), reader, settings, tiny.statistics()))
        .hasMessageContaining("fp64 inverses of 96 x 96 for 2 layers");
  }

  private static MemoryBudget leaving(long bytes) {
    return MemoryBudget.of(new ByteSize(1_000_000 + bytes), () -> 1_000_000);
  }

  private static WindowCut whole(int facts, int tokensPerPass) {
    return new WindowCut(
        facts == 0 ? List.of() : List.of(IntStream.range(0, facts).boxed().toList()),
        tokensPerPass);
  }

  private long need(int facts, int tokens) {
    return need(facts, whole(facts, tokens));
  }

  private long need(int facts, WindowCut cut) {
    MemoryNeed need = predictor().of(facts(facts), plan(facts).subjects(), 0, cut);
    return need.total().bytes();
  }

  private WindowMemory predictor() {
    return new WindowMemory(
        new PassMemory(tiny.model().config(), Precision.FP32), tiny.editor().settings().numbers());
  }

  private List<EditTokens> facts(int count) {
    return plan(count).tokens();
  }

  private WindowPlan plan(int count) {
    EditorSettings settings = tiny.editor().settings();
    FactReader reader = FactReader.of(tiny.model().tokenizer(), settings, 64);
    return WindowPlan.of(requests(count), new StandingTargets(), reader);
  }

  private static List<EditRequest> requests(int count) {
    List<EditRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(new EditRequest.Assert("f" + i, "{} is in the city of", "Tower " + i, "Rome"));
    }
    return requests;
  }
}
