package dev.emend.method;

import dev.emend.evaluate.Corpus;
import dev.emend.evaluate.StatisticsRun;
import dev.emend.memit.ContextTemplates;
import dev.emend.memit.EditRequest;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.TargetMethod;
import dev.emend.model.Continuation;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tiny seeded model and what the methods need to edit it. */
final class TinyMethods implements AutoCloseable {
  static final List<EditRequest.Assert> FACTS =
      List.of(
          new EditRequest.Assert("a", "{} is in the city of", "The tower", "Rome"),
          new EditRequest.Assert("b", "The tongue of {} is", "Russ", "the English"),
          new EditRequest.Assert("c", "{} plays the", "Dani", "violin"));

  private final LanguageModel model;
  private final EditorSettings settings;
  private final KeyStatistics statistics;

  private TinyMethods(LanguageModel model, EditorSettings settings, KeyStatistics statistics) {
    this.model = model;
    this.settings = settings;
    this.statistics = statistics;
  }

  static TinyMethods open(Path folder) {
    TinyFolder.write(folder, 3);
    LanguageModel model = LanguageModel.open(folder, ModelOptions.defaults());
    HyperParameters numbers =
        new HyperParameters(
            List.of(0, 1), 12, 0.5, 0.02, 20, 0.01, 0.0625, 0.05, 2, TargetMethod.ADAM_EXACT);
    ContextTemplates templates = new ContextTemplates(List.of("{}", "The river is. {}"));
    return new TinyMethods(model, new EditorSettings(numbers, templates), statistics(model));
  }

  private static KeyStatistics statistics(LanguageModel model) {
    try {
      Path text = Files.createTempFile(model.folder().path(), "text", ".txt");
      Files.writeString(text, "the russ is this one, is it? and so, Rome? no!".repeat(30));
      return StatisticsRun.of(model, List.of(0, 1), Corpus.of(List.of(text)), Progress.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LanguageModel model() {
    return model;
  }

  KeyStatistics statistics() {
    return statistics;
  }

  EditMethods methods(MethodOptions options) {
    return new EditMethods(model, settings, statistics, options);
  }

  /** Mean log-probability of the objects in their plain prompts. */
  double likelihood(List<EditRequest.Assert> facts) {
    List<Continuation> statements = methods(MethodOptions.PUBLISHED).probe().statements(facts);
    return model.scorer().score(statements).stream()
        .mapToDouble(Continuation.Score::meanLogProbability)
        .average()
        .orElseThrow();
  }

  float[] weight(int layer) {
    return model.decoder().downProjection(layer).values();
  }

  @Override
  public void close() {
    model.close();
  }
}
