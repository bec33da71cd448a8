package dev.emend.evaluate;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.FactProbe;
import dev.emend.memit.KeyStatistics;
import dev.emend.method.EditMethod;
import dev.emend.method.EditMethods;
import dev.emend.method.MethodName;
import dev.emend.method.MethodOptions;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Edits a model with one method after another and scores what comes of it: each time from the same
 * weights, with the same facts, and all facts asked again after the last one is written. Nothing is
 * left changed.
 */
public final class MethodComparison {
  /** A number of edits is tried on so many groups of cases, as long as there are cases. */
  private static final int MOST_GROUPS = 25;

  private static final int CASES_IN_GROUPS = 100;

  private final Options options;
  private final LanguageModel model;
  private final EditMethods methods;
  private final FactProbe probe;
  private final Progress progress;

  private MethodComparison(
      Options options,
      LanguageModel model,
      EditorSettings settings,
      KeyStatistics statistics,
      Progress progress) {
    this.options = options;
    this.model = model;
    this.methods = new EditMethods(model, settings, statistics, options.method());
    this.probe = methods.probe();
    this.progress = progress;
  }

  /**
   * What to compare.
   *
   * @param model folder
   * @param dataset cases in any schema that {@link DatasetReader} reads
   * @param selection which of them
   * @param subsets seeds of the orders in which they are drawn; empty for the selection's own
   * @param methods in the order of the table
   * @param edits numbers of edits; empty for all cases
   * @param overrides numbers in place of the model's own, for all methods
   * @param statistics key statistics in place of those beside the model
   * @param method numbers of single methods
   * @param run how the model is run
   */
  public record Options(
      Path model,
      Path dataset,
      CaseSelection selection,
      List<Long> subsets,
      List<MethodName> methods,
      List<Integer> edits,
      EditOverrides overrides,
      Optional<Path> statistics,
      MethodOptions method,
      ModelOptions run) {
    /** Copies the lists; refuses no methods and no edits. */
    public Options {
      Objects.requireNonNull(overrides, "overrides");
      Objects.requireNonNull(method, "method");
      subsets = List.copyOf(subsets);
      methods = List.copyOf(methods);
      edits = List.copyOf(edits);
      if (methods.isEmpty() || edits.stream().anyMatch(count -> count < 1)) {
        throw new IllegalArgumentException("a comparison needs methods, and at least one edit");
      }
    }

    private List<CaseSelection> selections() {
      return subsets.isEmpty()
          ? List.of(selection)
          : subsets.stream().map(selection::withSeed).toList();
    }
  }

  /** Opens the model and compares. */
  public static ComparisonReport run(Options options, Progress progress) {
    List<EditCase> all = DatasetReader.readAll(options.dataset());
    List<List<EditCase>> subsets = options.selections().stream().map(s -> s.of(all)).toList();
    try (LanguageModel model = LanguageModel.open(options.model(), options.run())) {
      EditorSettings settings = ModelEditors.settings(model, options.overrides());
      KeyStatistics statistics =
          ModelEditors.statistics(
              model, settings.numbers().layers(), options.statistics(), progress);
      return new MethodComparison(options, model, settings, statistics, progress).run(subsets);
    }
  }

  private ComparisonReport run(List<List<EditCase>> given) {
    List<List<EditCase>> subsets =
        given.stream()
            .map(
                cases ->
                    cases.stream()
                        .filter(edit -> probe.reads(CaseSelection.request(edit)))
                        .toList())
            .toList();
    CaseScorer before = new CaseScorer(model);
    subsets.forEach(before::ask);
    List<ComparisonReport.Row> rows = new ArrayList<>();
    for (MethodName name : options.methods()) {
      try (EditMethod method = methods.open(name)) {
        List<Integer> counts =
            options.edits().isEmpty() ? List.of(Integer.MAX_VALUE) : options.edits();
        for (int count : counts) {
          rows.add(row(name, method, count, subsets));
        }
      }
    }
    int unread =
        given.stream().mapToInt(List::size).sum() - subsets.stream().mapToInt(List::size).sum();
    return new ComparisonReport(before.scores(), unread, rows);
  }

  private ComparisonReport.Row row(
      MethodName name, EditMethod method, int count, List<List<EditCase>> subsets) {
    CaseScorer pooled = new CaseScorer(model);
    List<Scores> apart = new ArrayList<>();
    long nanos = 0;
    int edits = 0;
    for (List<EditCase> subset : subsets) {
      CaseScorer own = new CaseScorer(model);
      for (List<EditCase> group : groups(subset, count)) {
        nanos += edit(method, group, own);
        edits = group.size();
      }
      apart.add(own.scores());
      pooled.add(own);
    }
    Scores scores = pooled.scores();
    double seconds = nanos / 1e9 / scores.cases();
    return new ComparisonReport.Row(name.label(), edits, scores, apart, seconds);
  }

  /** Edits and asks; the weights are as before afterwards. Returns the nanoseconds of the edit. */
  private long edit(EditMethod method, List<EditCase> group, CaseScorer scorer) {
    try (StagedWeights stage = StagedWeights.of(model.decoder(), method.layers())) {
      long start = System.nanoTime();
      method.edit(stage, group.stream().map(CaseSelection::request).toList(), progress);
      long nanos = System.nanoTime() - start;
      scorer.ask(group);
      return nanos;
    } finally {
      method.forget();
    }
  }

  /** Disjoint groups of {@code count} cases; the whole subset if it has no more. */
  private static List<List<EditCase>> groups(List<EditCase> subset, int count) {
    int size = Math.min(count, subset.size());
    int most = Math.max(1, Math.min(MOST_GROUPS, CASES_IN_GROUPS / size));
    List<List<EditCase>> groups = new ArrayList<>();
    for (int from = 0; from + size <= subset.size() && groups.size() < most; from += size) {
      groups.add(subset.subList(from, from + size));
    }
    return groups;
  }
}
