package dev.emend.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.emend.bench.ContinualReport.Kept;
import dev.emend.bench.ContinualReport.Stretch;
import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.evaluate.ModelEditors;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerFile;
import dev.emend.memit.BaseWeights;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.StagedWindow;
import dev.emend.memory.ProcessMemory;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Edits a model window after window, most of them overwriting older facts, and measures whether the
 * late windows cost what the early ones did; then keeps and loads the state, and consolidates.
 */
public final class ContinualBench {
  /** Windows on each side of the one that is looked at. */
  private static final int AROUND = 4;

  private final Options options;
  private final ProcessMemory memory = new ProcessMemory();
  private final BenchLedger ledger = new BenchLedger();

  private ContinualBench(Options options) {
    this.options = options;
  }

  /**
   * What to measure.
   *
   * @param model folder
   * @param facts data set whose cases have a true object as well
   * @param windows how many, at least 20
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
      if (windows < 4 * AROUND || window < 1 || pool < window) {
        throw new Fault(
            FaultCode.USAGE,
            "at least %d windows of at least 1 fact, and as many facts as a window holds"
                .formatted(4 * AROUND));
      }
    }
  }

  /** Runs it; the model's folder is left as it is. */
  public static ContinualReport run(Options options, Progress progress) {
    return new ContinualBench(options).run(progress);
  }

  private ContinualReport run(Progress progress) {
    List<EditCase> pool = pool();
    double[] seconds = new double[options.windows()];
    double[] cpu = new double[options.windows()];
    long[] resident = new long[options.windows()];
    try (LanguageModel model = LanguageModel.open(options.model(), options.run());
        Editor editor = ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), progress)) {
      for (int i = 0; i < options.windows(); i++) {
        List<EditRequest> requests = requests(pool, i);
        long start = System.nanoTime();
        double before = processor();
        try (StagedWindow window = editor.stage(requests, Progress.NONE)) {
          window.commit();
          ledger.add(requests, window.result(), i + 1);
        }
        seconds[i] = since(start);
        cpu[i] = processor() - before;
        resident[i] = memory.resident();
        progress.at("windows", i + 1, options.windows());
      }
      Kept kept = keep(editor);
      long start = System.nanoTime();
      try (StagedWindow window = editor.consolidate(BaseWeights.of(model.folder()), progress)) {
        window.commit();
      }
      return report(seconds, cpu, resident, editor.reciprocalCondition(), kept, since(start));
    }
  }

  private List<EditCase> pool() {
    Set<String> subjects = new HashSet<>();
    List<EditCase> pool =
        DatasetReader.readAll(options.facts()).stream()
            .filter(edit -> edit.object() != null && edit.groundTruth() != null)
            .filter(edit -> subjects.add(edit.subject()))
            .limit(options.pool())
            .toList();
    if (pool.size() < options.window()) {
      throw new Fault(
          FaultCode.USAGE, options.facts() + " holds too few cases with a new and a true object");
    }
    return pool;
  }

  private List<EditRequest> requests(List<EditCase> pool, int window) {
    List<EditRequest> requests = new ArrayList<>();
    for (int i = 0; i < options.window(); i++) {
      int turn = window * options.window() + i;
      EditCase edit = pool.get(turn % pool.size());
      boolean fresh = turn / pool.size() % 2 == 0;
      String object = Objects.requireNonNull(fresh ? edit.object() : edit.groundTruth());
      requests.add(
          new EditRequest.Assert(
              edit.subject() + '|' + edit.relation(), edit.prompt(), edit.subject(), object));
    }
    return requests;
  }

  private Kept keep(Editor editor) {
    Path memoryFile = options.state().resolve("key-memory.bin");
    Path ledgerFile = options.state().resolve("ledger.bin");
    Digest32 version = Digest32.sha256("bench".getBytes(StandardCharsets.UTF_8));
    long start = System.nanoTime();
    LedgerFile.write(ledgerFile, "bench", version, ledger.facts());
    editor.keep(memoryFile);
    double save = since(start);
    start = System.nanoTime();
    FactLedger loaded = LedgerFile.read(ledgerFile, version).orElseThrow(this::unusable);
    if (!editor.restore(loaded.facts(), memoryFile)) {
      throw unusable();
    }
    double load = since(start);
    start = System.nanoTime();
    editor.restore(loaded.facts());
    return new Kept(size(memoryFile) + size(ledgerFile), save, load, since(start));
  }

  private Fault unusable() {
    return new Fault(FaultCode.INTERNAL, "what was kept in " + options.state() + " is not usable");
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ContinualReport report(
      double[] seconds,
      double[] cpu,
      long[] resident,
      double condition,
      Kept kept,
      double consolidation) {
    Stretch first = stretch(seconds, cpu, resident, AROUND);
    Stretch last = stretch(seconds, cpu, resident, seconds.length - 1 - AROUND);
    return new ContinualReport(
        options.windows(),
        ledger.facts().size(),
        first,
        last,
        last.cpu() / first.cpu(),
        (double) last.resident() / first.resident(),
        condition,
        kept,
        consolidation);
  }

  private static Stretch stretch(double[] seconds, double[] cpu, long[] resident, int middle) {
    int from = middle - AROUND;
    int to = middle + AROUND + 1;
    double[] times = Arrays.copyOfRange(seconds, from, to);
    double[] work = Arrays.copyOfRange(cpu, from, to);
    long[] sizes = Arrays.copyOfRange(resident, from, to);
    Arrays.sort(times);
    Arrays.sort(work);
    Arrays.sort(sizes);
    return new Stretch(from + 1, to, times[AROUND], work[AROUND], sizes[AROUND]);
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
