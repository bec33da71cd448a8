package dev.emend.evaluate;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Scores a model folder on the cases of a data set. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * What to score.
   *
   * @param model folder
   * @param dataset cases in any schema that {@link DatasetReader} reads
   * @param selection which of them
   * @param run how the model is run
   */
  public record Options(Path model, Path dataset, CaseSelection selection, ModelOptions run) {}

  /** Opens the model and scores the selected cases. */
  public static Scores run(Options options, Progress progress) {
    List<EditCase> cases = options.selection().of(DatasetReader.readAll(options.dataset()));
    try (LanguageModel model = LanguageModel.open(options.model(), options.run())) {
      return of(model, cases, progress);
    }
  }

  /** Scores a model as it stands. */
  public static Scores of(LanguageModel model, List<EditCase> cases, Progress progress) {
    CaseScorer scorer = new CaseScorer(model);
    progress.at("evaluation", 0, cases.size());
    scorer.ask(cases);
    progress.at("evaluation", cases.size(), cases.size());
    return scorer.scores();
  }
}
