package dev.emend.calibrate;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.delta.ModelState;
import dev.emend.evaluate.ModelEditors;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.Calibration;
import dev.emend.feedback.Reports;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.Editor;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.schedule.learn.Observation;
import dev.emend.worker.MemitWindowEditor;
import dev.emend.worker.WindowTrials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures a grid of windows on a model and fits the scheduler's models to it. */
public final class CalibrationRun {
  private static final String NAME = "calibration";

  private CalibrationRun() {}

  /**
   * What to measure.
   *
   * @param model folder
   * @param dataset facts in any schema that {@link DatasetReader} reads
   * @param sizes facts of the windows
   * @param rounds how often each size is measured
   * @param seed of the order
   * @param run how the model is run
   */
  public record Options(
      Path model, Path dataset, List<Integer> sizes, int rounds, long seed, ModelOptions run) {

    /** Copies the sizes; refuses an empty grid. */
    public Options {
      sizes = List.copyOf(sizes);
      if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1) || rounds < 1) {
        throw new IllegalArgumentException(
            "sizes and rounds must be at least 1, not %s and %d".formatted(sizes, rounds));
      }
    }
  }

  /** Measures and fits. The first window only warms the machine up and is not counted. */
  public static Calibration run(Options options, Progress progress) {
    CalibrationGrid grid =
        CalibrationGrid.of(
            cases(options.dataset()), options.sizes(), options.rounds(), options.seed());
    LanguageModel model = LanguageModel.open(options.model(), options.run());
    try (WindowTrials trials = trials(model, progress)) {
      int warm = options.sizes().stream().mapToInt(size -> size).max().orElseThrow();
      trials.edit(largest(grid, warm));
      long rest = trials.restBytes();
      List<Observation> windows = measure(trials, grid, progress);
      String digest = ModelState.open(NAME, model.folder()).version().digest().toString();
      return Calibration.of(digest, machine(), rest, windows);
    }
  }

  private static List<EditCase> largest(CalibrationGrid grid, int size) {
    return grid.windows().stream()
        .filter(window -> window.size() == size)
        .findFirst()
        .orElse(grid.windows().get(0));
  }

  private static List<Observation> measure(
      WindowTrials trials, CalibrationGrid grid, Progress progress) {
    List<Observation> windows = new ArrayList<>();
    for (int i = 0; i < grid.windows().size(); i++) {
      if (grid.fresh().get(i)) {
        trials.startOver();
      }
      EditFeedback feedback = trials.edit(grid.windows().get(i));
      windows.add(Reports.of(feedback).window());
      progress.at("windows", i + 1, grid.windows().size());
    }
    return windows;
  }

  private static WindowTrials trials(LanguageModel model, Progress progress) {
    try {
      ModelState base = ModelState.open(NAME, model.folder());
      Editor editor = ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), progress);
      return new WindowTrials(base, new MemitWindowEditor(model, editor, Progress.NONE));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** The assertions, the last of each fact. */
  private static List<EditCase> cases(Path dataset) {
    Map<String, EditCase> byFact = new LinkedHashMap<>();
    DatasetReader.readAll(dataset).stream()
        .filter(edit -> edit.op() == FactOp.ASSERT)
        .forEach(edit -> byFact.put(edit.subject() + "|" + edit.relation(), edit));
    if (byFact.isEmpty()) {
      throw new Fault(FaultCode.FACT_INVALID, dataset + " asserts nothing to calibrate with");
    }
    return List.copyOf(byFact.values());
  }

  private static String machine() {
    return "%s, %d processors, Java %s"
        .formatted(
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature());
  }
}
