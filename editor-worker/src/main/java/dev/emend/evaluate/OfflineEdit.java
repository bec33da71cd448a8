package dev.emend.evaluate;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.BaseWeights;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditRecipe;
import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.PhaseTimes;
import dev.emend.memit.StagedWindow;
import dev.emend.memit.WindowResult;
import dev.emend.model.DownProjection;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.ModelFolderWriter;
import dev.emend.weights.RoundingLoss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Edits a model folder with the facts of a file, window by window, without a stream. */
public final class OfflineEdit {
  private final Options options;
  private final List<EditReport.Refusal> rejected = new ArrayList<>();
  private int edits;
  private int windows;
  private PhaseTimes times = PhaseTimes.ZERO;

  private OfflineEdit(Options options) {
    this.options = options;
  }

  /**
   * What to do.
   *
   * @param model folder to read
   * @param facts data set in any schema that {@link DatasetReader} reads
   * @param cases only so many of them, the first
   * @param out folder to write
   * @param window facts edited together, at least 1
   * @param consolidate whether all facts are written anew from the base weights in the end
   * @param overrides numbers in place of the model's own
   * @param statistics key statistics in place of those beside the model
   * @param run how the model is run
   * @param export in what form the folder is written
   */
  public record Options(
      Path model,
      Path facts,
      Optional<Integer> cases,
      Path out,
      int window,
      boolean consolidate,
      EditOverrides overrides,
      Optional<Path> statistics,
      ModelOptions run,
      Export export) {
    /** Facts edited together unless told otherwise. */
    public static final int WINDOW = 100;

    /** Refuses an empty window. */
    public Options {
      Objects.requireNonNull(overrides, "overrides");
      Objects.requireNonNull(export, "export");
      if (window < 1) {
        throw new IllegalArgumentException("a window holds at least 1 fact, not " + window);
      }
    }

    /** A folder written exactly, without a consolidation. */
    public Options(
        Path model,
        Path facts,
        Path out,
        int window,
        EditOverrides overrides,
        Optional<Path> statistics,
        ModelOptions run) {
      this(
          model,
          facts,
          Optional.empty(),
          out,
          window,
          false,
          overrides,
          statistics,
          run,
          Export.EXACT);
    }
  }

  /** Edits, writes the folder, and reports. */
  public static EditReport run(Options options, Progress progress) {
    return new OfflineEdit(options).run(progress);
  }

  private EditReport run(Progress progress) {
    List<EditCase> all = DatasetReader.readAll(options.facts());
    List<EditCase> cases = all.subList(0, Math.min(all.size(), options.cases().orElse(all.size())));
    RoundingLoss loss;
    EditRecipe recipe;
    try (LanguageModel model = LanguageModel.open(options.model(), options.run());
        Editor editor =
            ModelEditors.open(model, options.overrides(), options.statistics(), progress)) {
      for (int from = 0; from < cases.size(); from += options.window()) {
        int to = Math.min(cases.size(), from + options.window());
        edit(editor, requests(cases.subList(from, to)));
        progress.at("edits", to, cases.size());
      }
      if (options.consolidate()) {
        consolidate(editor, BaseWeights.of(model.folder()), progress);
      }
      recipe = editor.recipe();
      loss = write(model, editor.settings().numbers().layers());
    }
    String digest = ModelDigest.of(ModelFolder.open(options.out())).value().hex();
    return EditReport.of(
        recipe, edits, rejected, windows, times, digest, options.export().outcome(loss));
  }

  /** A window that would take too much memory is edited as two. */
  private void edit(Editor editor, List<EditRequest> requests) {
    try (StagedWindow window = editor.stage(requests, Progress.NONE)) {
      commit(window);
    } catch (Fault e) {
      if (e.code() != FaultCode.MEMORY_EXCEEDED || requests.size() < 2) {
        throw e;
      }
      int half = requests.size() / 2;
      edit(editor, requests.subList(0, half));
      edit(editor, requests.subList(half, requests.size()));
    }
  }

  private void commit(StagedWindow window) {
    WindowResult result = window.result();
    window.commit();
    windows++;
    edits += result.written().size() + result.retracted().size();
    times = times.plus(result.times());
    result
        .rejected()
        .forEach(
            r -> rejected.add(new EditReport.Refusal(r.factId(), r.reason().name(), r.detail())));
  }

  private void consolidate(Editor editor, BaseWeights base, Progress progress) {
    try (StagedWindow window = editor.consolidate(base, progress)) {
      times = times.plus(window.result().times());
      window.commit();
    }
  }

  /** Of two changes of one fact in a window the later one counts. */
  private static List<EditRequest> requests(List<EditCase> cases) {
    Map<String, EditRequest> byFact = new LinkedHashMap<>();
    for (EditCase edit : cases) {
      EditRequest request = request(edit);
      byFact.remove(request.factId());
      byFact.put(request.factId(), request);
    }
    return List.copyOf(byFact.values());
  }

  private static EditRequest request(EditCase edit) {
    String factId = edit.subject() + '|' + edit.relation();
    String object = edit.object();
    return edit.op() == FactOp.RETRACT || object == null
        ? new EditRequest.Retract(factId)
        : new EditRequest.Assert(factId, edit.prompt(), edit.subject(), object);
  }

  private RoundingLoss write(LanguageModel model, List<Integer> layers) {
    Map<String, float[]> edited = new LinkedHashMap<>();
    for (int layer : layers) {
      DownProjection projection = model.decoder().downProjection(layer);
      edited.put(projection.name(), projection.values());
    }
    Map<String, FloatBlocks> replaced = new TreeMap<>();
    edited.forEach((name, values) -> replaced.put(name, FloatBlocks.of(values)));
    Export export = options.export();
    new ModelFolderWriter(model.folder())
        .as(export.dtype(), export.rounding())
        .write(options.out(), replaced, Map.of("emend_edits", Integer.toString(edits)));
    ModelFolder written = ModelFolder.open(options.out());
    RoundingLoss loss = RoundingLoss.NONE;
    for (Map.Entry<String, float[]> tensor : edited.entrySet()) {
      String name = tensor.getKey();
      float[] base = model.folder().floats(name);
      loss =
          loss.plus(RoundingLoss.of(base, tensor.getValue(), written.floats(name), export.dtype()));
    }
    return loss;
  }
}
