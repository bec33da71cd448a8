package dev.emend.bench;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.evaluate.EditReport.Seconds;
import dev.emend.evaluate.ModelEditors;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditMode;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditRequest;
import dev.emend.memit.EditedFact;
import dev.emend.memit.Editor;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.PhaseClock;
import dev.emend.memit.PhaseTimes;
import dev.emend.memit.StagedWindow;
import dev.emend.memit.Target;
import dev.emend.memit.WindowResult;
import dev.emend.memit.reference.PublishedEdit;
import dev.emend.memit.reference.PublishedMemit;
import dev.emend.memory.ProcessMemory;
import dev.emend.model.LanguageModel;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times the published algorithm and ours on the same facts, model, threads and engine, in one run.
 * Every window begins from the model's own weights, which are restored in the end. What a stream
 * does once, opening the model and factoring its statistics, is done before the clock starts.
 */
public final class EditBench {
  private static final int WARM_UP = 4;

  private final EditBenchOptions options;
  private final LanguageModel model;
  private final Progress progress;
  private final List<EditRequest> requests;
  private final ProcessMemory memory = new ProcessMemory();

  private EditBench(
      EditBenchOptions options,
      LanguageModel model,
      Progress progress,
      List<EditRequest> requests) {
    this.options = options;
    this.model = model;
    this.progress = progress;
    this.requests = requests;
  }

  /** Measures all windows. */
  public static EditBenchReport run(EditBenchOptions options, Progress progress) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    try (LanguageModel model = LanguageModel.open(options.model(), options.run())) {
      List<EditRequest> requests = requests(options);
      return new EditBench(options, model, progress, requests).run(load);
    }
  }

  /** The first cases with a subject of their own relation each, so that no two are one fact. */
  private static List<EditRequest> requests(EditBenchOptions options) {
    int most = options.windows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    Map<String, EditRequest> byFact = new LinkedHashMap<>();
    for (EditCase edit : DatasetReader.readAll(options.dataset())) {
      String id = edit.subject() + '|' + edit.relation();
      String object = edit.object();
      if (object != null && byFact.size() < most) {
        byFact.putIfAbsent(id, new EditRequest.Assert(id, edit.prompt(), edit.subject(), object));
      }
    }
    if (byFact.size() < most) {
      throw new Fault(
          FaultCode.USAGE,
          "%s has %d facts, a window of %d needs more"
              .formatted(options.dataset(), byFact.size(), most));
    }
    return List.copyOf(byFact.values());
  }

  private EditBenchReport run(double load) {
    try (Editor exact = editor(EditMode.EXACT);
        Editor fast = editor(EditMode.FAST);
        Editor oneStep = editor(EditMode.ONE_STEP)) {
      Editors editors = new Editors(exact, fast, oneStep);
      progress.at("warm-up", 0, 1);
      line(editors, Math.min(WARM_UP, requests.size()));
      progress.at("warm-up", 1, 1);
      double rate = ProductRate.measure(model.decoder().manager());
      List<EditBenchReport.Line> lines = new ArrayList<>();
      for (int window : options.windows()) {
        progress.at("windows", lines.size(), options.windows().size());
        lines.add(line(editors, window).against(rate));
      }
      progress.at("windows", lines.size(), options.windows().size());
      return new EditBenchReport(
          options.model().toString(), fast.settings().numbers().toString(), load, rate, lines);
    }
  }

  private Editor editor(EditMode mode) {
    return ModelEditors.open(model, EditOverrides.of(mode), Optional.empty(), progress);
  }

  private EditMeasurement line(Editors editors, int window) {
    List<EditRequest> facts = requests.subList(0, window);
    Edited ours = edit(editors.exact, facts);
    Edited quick = edit(editors.fast, facts);
    Edited least = edit(editors.oneStep, facts);
    List<Target> targets = ours.result.written().stream().map(EditedFact::target).toList();
    EditorSettings settings = editors.exact.settings();
    List<PublishedEdit> edits = read(settings, ours.result.written(), facts);
    memory.resetPeak();
    Published reference = published(settings, edits, targets);
    long peak = memory.peak();
    double work = new TargetWork(model.config(), settings.numbers()).gflop(edits, targets);
    return new EditMeasurement(
        window,
        reference.searched.size(),
        Seconds.of(reference.times),
        Seconds.of(ours.result.times()),
        Seconds.of(quick.result.times()),
        Seconds.of(least.result.times()),
        peak,
        ours.peak,
        quick.peak,
        distance(reference.searched, targets),
        work);
  }

  private record Editors(Editor exact, Editor fast, Editor oneStep) {}

  private record Edited(WindowResult result, long peak) {}

  private Edited edit(Editor editor, List<EditRequest> facts) {
    memory.resetPeak();
    try (StagedWindow window = editor.stage(facts, Progress.NONE)) {
      return new Edited(window.result(), memory.peak());
    }
  }

  private record Published(List<Target> searched, PhaseTimes times) {}

  /** Searches some targets; the others, for the phases after them, are ours. */
  private Published published(
      EditorSettings settings, List<PublishedEdit> edits, List<Target> targets) {
    KeyStatistics statistics =
        ModelEditors.statistics(model, settings.numbers().layers(), Optional.empty(), progress);
    PublishedMemit memit = new PublishedMemit(model.decoder(), settings.numbers(), statistics);
    int timed = Math.min(edits.size(), options.referenceEdits());
    PhaseClock clock = new PhaseClock(System::nanoTime);
    List<Target> searched = memit.targets(edits.subList(0, timed), clock, progress);
    PhaseTimes search = clock.times().scaled((double) edits.size() / timed);
    PhaseClock rest = new PhaseClock(System::nanoTime);
    StagedWeights stage = StagedWeights.of(model.decoder(), settings.numbers().layers());
    try {
      memit.write(edits, targets, rest);
    } finally {
      stage.close();
    }
    return new Published(searched, search.plus(rest.times()));
  }

  private List<PublishedEdit> read(
      EditorSettings settings, List<EditedFact> written, List<EditRequest> facts) {
    List<String> templates =
        settings.templates().texts().subList(0, settings.numbers().templates());
    Map<String, EditRequest> byId = new LinkedHashMap<>();
    facts.forEach(fact -> byId.put(fact.factId(), fact));
    List<PublishedEdit> edits = new ArrayList<>();
    for (EditedFact fact : written) {
      if (byId.get(fact.factId()) instanceof EditRequest.Assert asserted) {
        edits.add(PublishedEdit.of(model.tokenizer(), templates, asserted));
      }
    }
    return edits;
  }

  private static double distance(List<Target> published, List<Target> ours) {
    double largest = 0;
    for (int i = 0; i < published.size(); i++) {
      float[] expected = published.get(i).z().toArray();
      float[] actual = ours.get(i).z().toArray();
      double wrong = 0;
      double size = 0;
      for (int j = 0; j < expected.length; j++) {
        wrong += Math.pow(actual[j] - expected[j], 2);
        size += Math.pow(expected[j], 2);
      }
      largest = Math.max(largest, Math.sqrt(wrong / size));
    }
    return largest;
  }
}
