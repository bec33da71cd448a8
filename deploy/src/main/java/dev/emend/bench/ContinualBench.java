package dev.emend.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.emend.bench.ContinualReport.Kept;
import dev.emend.evaluate.ModelEditors;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.BaseWeights;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.StagedWindow;
import dev.emend.memory.ProcessMemory;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Edits a model window after window, most of them overwriting older facts, and measures whether the
 * late windows cost what the early ones did; then keeps and loads the state, and consolidates.
 */
public final class ContinualBench {
  private static final int FEWEST_WINDOWS = 4 * ContinualTrace.AROUND;

  private final Options options;
  private final ContinualFacts facts;
  private final ProcessMemory memory = new ProcessMemory();
  private final BenchLedger ledger = new BenchLedger();
  private final ContinualTrace trace = new ContinualTrace();

  private ContinualBench(Options options) {
    this.options = options;
    this.facts = ContinualFacts.of(options.facts(), options.pool(), options.window());
  }

  /**
   * What to measure.
   *
   * @param model folder
   * @param facts data set whose cases have a true object as well
   * @param windows how many, at least 16
   * @param window facts in each, at least 1
   * @param pool different facts: told in turn, their new objects and their true ones in rounds
   * @param state folder for what is kept
   * @param run how the model is run
   */
  public record Options(
      Path model, Path facts, int windows, int window, int pool, Path state, ModelOptions run) {
    /** Refuses too few windows to compare. */
    public Options {
      Objects.requireNonNull(state, "state");
      if (windows < FEWEST_WINDOWS || window < 1 || pool < window) {
        throw new Fault(
            FaultCode.USAGE,
            "at least %d windows of at least 1 fact, and as many facts as a window holds"
                .formatted(FEWEST_WINDOWS));
      }
    }
  }

  /** Runs it; the model's folder is left as it is. */
  public static ContinualReport run(Options options, Progress progress) {
    return new ContinualBench(options).run(progress);
  }

  private ContinualReport run(Progress progress) {
    try (LanguageModel model = LanguageModel.open(options.model(), options.run());
        Editor editor = ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), progress)) {
      for (int i = 0; i < options.windows(); i++) {
        edit(editor, i);
        progress.at("windows", i + 1, options.windows());
      }
      Kept kept = new KeptEditor(options.state()).measure(editor, ledger.facts());
      long start = System.nanoTime();
      try (StagedWindow window = editor.consolidate(BaseWeights.of(model.folder()), progress)) {
        window.commit();
      }
      return ContinualReport.of(trace, ledger.facts().size(), kept, since(start));
    }
  }

  private void edit(Editor editor, int number) {
    List<EditRequest> requests = facts.window(number);
    long start = System.nanoTime();
    double before = processor();
    try (StagedWindow window = editor.stage(requests, Progress.NONE)) {
      window.commit();
      ledger.add(requests, window.result(), number + 1);
    }
    trace.add(since(start), processor() - before, memory.resident(), editor.health());
  }

  /** Processor seconds of this process so far. */
  private static double processor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
