package dev.emend.memit;

import dev.emend.model.LanguageModel;
import dev.emend.model.MicroBatches;
import dev.emend.model.ModelOptions;
import dev.emend.model.Precision;
import dev.emend.model.TinyFolder;
import dev.emend.token.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A tiny seeded model with an editor of two layers, for tests. */
final class TinyEditor implements AutoCloseable {
  static final ContextTemplates TEMPLATES = new ContextTemplates(List.of("{}", "The river is. {}"));

  private final LanguageModel model;
  private final Editor editor;
  private final KeyStatistics statistics;

  private TinyEditor(LanguageModel model, Editor editor, KeyStatistics statistics) {
    this.model = model;
    this.editor = editor;
    this.statistics = statistics;
  }

  static TinyEditor open(Path folder) {
    return open(folder, TargetMethod.ADAM_EXACT);
  }

  static TinyEditor open(Path folder, TargetMethod method) {
    return open(folder, method, ModelOptions.defaults());
  }

  static TinyEditor open(Path folder, TargetMethod method, Precision precision) {
    return open(folder, method, ModelOptions.defaults().in(precision));
  }

  static TinyEditor open(Path folder, TargetMethod method, ModelOptions options) {
    TinyFolder.write(folder, 3);
    LanguageModel model = LanguageModel.open(folder, options);
    HyperParameters numbers =
        new HyperParameters(List.of(0, 1), 5, 0.5, 20, 4, 0.01, 0.0625, 0.05, 2, method);
    EditorSettings settings = new EditorSettings(numbers, TEMPLATES);
    KeyStatistics statistics = statistics(model, numbers.layers());
    FactReader reader = FactReader.of(model.tokenizer(), settings, model.config().positions());
    return new TinyEditor(
        model, Editor.of(model.decoder(), reader, settings, statistics), statistics);
  }

  static KeyStatistics statistics(LanguageModel model, List<Integer> layers) {
    List<TokenIds> rows = new ArrayList<>();
    Random random = new Random(17);
    for (int i = 0; i < 60; i++) {
      rows.add(TokenIds.of(random.ints(30, 1, model.config().vocabulary()).toArray()));
    }
    try (StatisticsCollector collector = new StatisticsCollector(model.decoder(), layers)) {
      collector.add(rows, MicroBatches.of(model.config()));
      return collector.finish("test");
    }
  }

  LanguageModel model() {
    return model;
  }

  Editor editor() {
    return editor;
  }

  KeyStatistics statistics() {
    return statistics;
  }

  /** Current values of an edited weight. */
  float[] weight(int layer) {
    return model.decoder().downProjection(layer).values();
  }

  @Override
  public void close() {
    editor.close();
    model.close();
  }
}
