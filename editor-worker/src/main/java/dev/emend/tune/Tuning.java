package dev.emend.tune;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.evaluate.CaseSelection;
import dev.emend.evaluate.ModelEditors;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.SettingsFile;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the numbers of one model and writes them beside it. Half of the cases are searched on, the
 * other half decide whether what was found is better than what was there.
 */
public final class Tuning {
  private Tuning() {}

  /**
   * What to do.
   *
   * @param model folder to tune and to write to
   * @param dataset cases in any schema that {@link DatasetReader} reads
   * @param selection which of them
   * @param statistics key statistics in place of those beside the model
   * @param budget time for the search; reading statistics and the last check come on top
   * @param run how the model is run
   */
  public record Options(
      Path model,
      Path dataset,
      CaseSelection selection,
      Optional<Path> statistics,
      Duration budget,
      ModelOptions run) {
    /** Refuses a budget that is not positive. */
    public Options {
      Objects.requireNonNull(selection, "selection");
      if (budget.isNegative() || budget.isZero()) {
        throw new IllegalArgumentException("the budget must be positive, not " + budget);
      }
    }
  }

  /** Searches, checks, writes and reports. */
  public static TuneReport run(Options options, InstantSource clock, Progress progress) {
    List<EditCase> cases = options.selection().of(DatasetReader.readAll(options.dataset()));
    long start = System.nanoTime();
    try (LanguageModel model = LanguageModel.open(options.model(), options.run())) {
      EditorSettings settings = ModelEditors.settings(model, EditOverrides.NONE);
      HyperParameters present = settings.numbers();
      List<List<Integer>> ranges = LayerRanges.of(model.config().layers(), present.layers());
      KeyStatistics statistics = statistics(options, model, present, ranges, progress);
      try (TrialBench bench = new TrialBench(model, settings, statistics)) {
        List<EditCase> usable = cases.stream().filter(bench::reads).toList();
        if (usable.size() < 2) {
          throw new Fault(FaultCode.USAGE, "tuning needs at least 2 cases that the model can read");
        }
        List<EditCase> seen = usable.subList(0, usable.size() / 2);
        List<EditCase> unseen = usable.subList(usable.size() / 2, usable.size());
        Tuner tuner = new Tuner(bench, seen, present, clock, options.budget(), progress);
        HyperParameters found =
            tuner.search(
                ranges.stream().filter(range -> statistics.layers().containsAll(range)).toList());
        Trial before = asItStands(model, settings, statistics, unseen);
        Trial after = bench.run(found, unseen);
        boolean better = after.goal() > before.goal();
        if (better) {
          write(options.model(), found, settings, statistics);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new TuneReport(tuner.trials(), before, after, better, seconds);
      }
    }
  }

  /**
   * Statistics to search with: those given, or those beside the model, whose layers then bound the
   * search, or new ones of all layers that could be tried.
   */
  private static KeyStatistics statistics(
      Options options,
      LanguageModel model,
      HyperParameters present,
      List<List<Integer>> ranges,
      Progress progress) {
    Path beside = model.folder().path().resolve(ModelEditors.STATISTICS);
    if (options.statistics().isEmpty() && Files.isRegularFile(beside)) {
      KeyStatistics own = StatisticsFile.read(beside);
      if (own.layers().containsAll(present.layers())) {
        return own;
      }
    }
    TreeSet<Integer> layers = new TreeSet<>();
    ranges.forEach(layers::addAll);
    return ModelEditors.statistics(model, layers, options.statistics(), progress);
  }

  /** The model's numbers with the statistics beside it, which need not be those of the search. */
  private static Trial asItStands(
      LanguageModel model, EditorSettings settings, KeyStatistics searched, List<EditCase> unseen) {
    Path beside = model.folder().path().resolve(ModelEditors.STATISTICS);
    KeyStatistics own = Files.isRegularFile(beside) ? StatisticsFile.read(beside) : searched;
    boolean covers = own.layers().containsAll(settings.numbers().layers());
    try (TrialBench bench = new TrialBench(model, settings, covers ? own : searched)) {
      return bench.run(settings.numbers(), unseen);
    }
  }

  private static void write(
      Path folder, HyperParameters found, EditorSettings settings, KeyStatistics statistics) {
    Path beside = folder.resolve(ModelEditors.STATISTICS);
    // Lambda was found for these statistics; with others it would mean something else.
    if (!Files.isRegularFile(beside) || !holds(StatisticsFile.read(beside), found, statistics)) {
      StatisticsFile.write(statistics.only(found.layers()), beside);
    }
    SettingsFile.write(folder, found, settings.templates());
  }

  private static boolean holds(
      KeyStatistics kept, HyperParameters found, KeyStatistics statistics) {
    return kept.origin().equals(statistics.origin()) && kept.layers().containsAll(found.layers());
  }
}
