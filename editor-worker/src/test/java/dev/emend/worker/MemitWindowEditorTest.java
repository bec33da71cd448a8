package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.canary.Answer;
import dev.emend.canary.Claim;
import dev.emend.delta.DenseValues;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.TensorEdit;
import dev.emend.event.BatchItem;
import dev.emend.event.DeltaKind;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerChange;
import dev.emend.ledger.StandingFact;
import dev.emend.memit.ContextTemplates;
import dev.emend.memit.EditMode;
import dev.emend.memit.EditedFact;
import dev.emend.memit.Editor;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.FactReader;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StatisticsCollector;
import dev.emend.memit.TargetMethod;
import dev.emend.model.LanguageModel;
import dev.emend.model.MicroBatches;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import dev.emend.token.TokenIds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemitWindowEditorTest {
  private static final List<Integer> LAYERS = List.of(0, 1);

  @TempDir Path folder;
  private LanguageModel model;
  private ModelState base;
  private MemitWindowEditor editor;

  @BeforeEach
  void setUp() {
    TinyFolder.write(folder, 5);
    open();
    base = ModelState.open("tiny", model.folder());
    editor.restore(base, FactLedger.empty());
  }

  private void open() {
    model = LanguageModel.open(folder, ModelOptions.defaults());
    HyperParameters numbers =
        new HyperParameters(LAYERS, 8, 0.5, 10, 3, 0.1, 0.0625, 0.05, 1, TargetMethod.ADAM_EXACT);
    EditorSettings settings = new EditorSettings(numbers, ContextTemplates.PLAIN);
    FactReader reader = FactReader.of(model.tokenizer(), settings, model.config().positions());
    editor =
        new MemitWindowEditor(
            model, Editor.of(model.decoder(), reader, settings, statistics()), Progress.NONE);
  }

  private KeyStatistics statistics() {
    List<TokenIds> rows = new ArrayList<>();
    for (String text : List.of("the rus speaks", "this is the other one", "what thrush sings")) {
      rows.add(model.tokenizer().encode(text).ids());
    }
    try (StatisticsCollector collector = new StatisticsCollector(model.decoder(), LAYERS)) {
      collector.add(rows, MicroBatches.of(model.config()));
      return collector.finish("tiny");
    }
  }

  @AfterEach
  void tearDown() {
    editor.close();
  }

  private float[] weight(int layer) {
    return model.decoder().downProjection(layer).values();
  }

  private String name(int layer) {
    return model.decoder().downProjection(layer).name();
  }

  @Test
  void shouldHoldOnTheStageTheBitsThatEverybodyWillRebuild() {
    try (StagedEdit staged = editor.stage(window(), FactLedger.empty())) {
      ModelState next = next(base, staged);

      for (int layer : LAYERS) {
        assertThat(weight(layer)).isEqualTo(next.floats(name(layer)));
        assertThat(weight(layer)).isNotEqualTo(base.floats(name(layer)));
      }
      assertThat(staged.tokens().longest()).isGreaterThan(10);
    }
  }

  @Test
  void shouldSayHowItEditsAndHowWellConditionedItsKeysAre() {
    double before = editor.condition();
    assertThat(before).isGreaterThan(1).isFinite();

    StagedEdit staged = editor.stage(window(), FactLedger.empty());
    assertThat(staged.recipe().mode()).isEqualTo(EditMode.EXACT);
    assertThat(staged.recipe().layers()).isEqualTo(LAYERS);
    ModelState state = next(base, staged);
    FactLedger ledger = ledger(staged);
    staged.commit();
    staged.close();
    editor.restore(state, ledger);

    assertThat(editor.condition()).isFinite().isNotEqualTo(before);
  }

  @Test
  void shouldRestoreTheWeightsUnlessCommitted() {
    editor.stage(window(), FactLedger.empty()).close();
    assertThat(weight(0)).isEqualTo(base.floats(name(0)));

    StagedEdit staged = editor.stage(window(), FactLedger.empty());
    ModelState next = next(base, staged);
    staged.commit();
    staged.close();
    assertThat(weight(0)).isEqualTo(next.floats(name(0)));
  }

  @Test
  void shouldGoOnAfterARestartAsIfThereHadBeenNone() {
    StagedEdit first = editor.stage(window(), FactLedger.empty());
    ModelState state = next(base, first);
    FactLedger ledger = ledger(first);
    first.commit();
    List<BatchItem> second = List.of(Windows.tell("Ann", "Dutch"), Windows.retract("Bob"));
    float[] without;
    try (StagedEdit staged = editor.stage(second, ledger)) {
      without = next(state, staged).floats(name(0));
    }
    editor.close();

    open();
    editor.restore(state, ledger);
    assertThat(weight(1)).isEqualTo(state.floats(name(1)));
    try (StagedEdit staged = editor.stage(second, ledger)) {
      assertThat(staged.result().rejected()).isEmpty();
      assertThat(next(state, staged).floats(name(0))).containsExactly(without, within(1e-4f));
    }
  }

  @Test
  void shouldAnswerWithTheWeightsAsTheyAre() {
    Claim claim = new Claim("Ann speaks", "English");
    String before = editor.ask(List.of(claim)).get(0).text();
    try (StagedEdit staged = editor.stage(window(), FactLedger.empty())) {
      assertThat(staged.result().written()).hasSize(2);
      Answer after = editor.ask(List.of(claim)).get(0);
      assertThat(after.asClaimed()).isEqualTo(after.text().equals("English"));
    }
    assertThat(editor.ask(List.of(claim)).get(0).text()).isEqualTo(before);
  }

  @Test
  void shouldAnswerNothingToWhatItCannotRead() {
    List<Answer> answers =
        editor.ask(List.of(new Claim("a".repeat(500), "b"), new Claim("Ann speaks", "it")));

    assertThat(answers.get(0)).isEqualTo(new Answer("", false));
    assertThat(answers).hasSize(2);
  }

  @Test
  void shouldRefuseAStateThatChangesWhatItCannotEdit() {
    String embedding = "transformer.wte.weight";
    float[] values = base.floats(embedding);
    values[0] += 1;
    TensorEdit edit = new TensorEdit(embedding, WeightLayout.OUT_IN, DenseValues.of(values));
    ModelState strange =
        base.stage(DeltaKind.WINDOW, List.of(edit), ExactUpdate.sequential()).result();

    assertThatThrownBy(() -> editor.restore(strange, FactLedger.empty()))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(embedding);
  }

  private static List<BatchItem> window() {
    return List.of(Windows.tell("Ann", "English"), Windows.tell("Bob", "Thai"));
  }

  private static ModelState next(ModelState state, StagedEdit staged) {
    return state
        .stage(DeltaKind.WINDOW, staged.result().tensors(), ExactUpdate.sequential())
        .result();
  }

  private static FactLedger ledger(StagedEdit staged) {
    List<LedgerChange> changes = new ArrayList<>();
    for (EditedFact fact : staged.result().written()) {
      String subject = fact.factId().substring(0, fact.factId().indexOf('|'));
      changes.add(
          new LedgerChange.Write(
              new StandingFact(
                  fact.factId(),
                  "e",
                  subject,
                  "language",
                  "{} speaks",
                  "x",
                  null,
                  1,
                  fact.target().z(),
                  fact.layers(),
                  null,
                  null,
                  Instant.EPOCH,
                  "test")));
    }
    return FactLedger.empty().with(changes);
  }
}
