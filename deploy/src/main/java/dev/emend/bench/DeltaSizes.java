package dev.emend.bench;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.delta.DeltaCodec;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.StagedTensor;
import dev.emend.delta.StagedVersion;
import dev.emend.evaluate.ModelEditors;
import dev.emend.event.DeltaKind;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.StagedWindow;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.weights.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits windows of several sizes, each on the base model, and weighs their deltas. */
public final class DeltaSizes {
  private final ModelState base;
  private final Editor editor;
  private final List<EditRequest> requests;

  private DeltaSizes(ModelState base, Editor editor, List<EditRequest> requests) {
    this.base = base;
    this.editor = editor;
    this.requests = requests;
  }

  /**
   * Measures.
   *
   * @param model a model folder
   * @param facts any file that {@link DatasetReader} reads
   * @param windows how many facts to edit together
   * @throws Fault USAGE if the file has fewer facts than the largest window
   */
  public static List<DeltaSize> of(
      Path model, Path facts, List<Integer> windows, ModelOptions run, Progress progress) {
    List<EditRequest> requests = requests(DatasetReader.readAll(facts));
    int most = windows.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (requests.size() < most) {
      throw new Fault(
          FaultCode.USAGE, facts + " has " + requests.size() + " facts, a window " + most);
    }
    try (LanguageModel opened = LanguageModel.open(model, run);
        Editor editor = ModelEditors.open(opened, EditOverrides.NONE, Optional.empty(), progress)) {
      ModelState base = ModelState.open("bench", opened.folder());
      DeltaSizes sizes = new DeltaSizes(base, editor, requests);
      List<DeltaSize> found = new ArrayList<>();
      for (int window : windows) {
        found.add(sizes.size(window, progress));
      }
      return List.copyOf(found);
    }
  }

  private static List<EditRequest> requests(List<EditCase> cases) {
    Map<String, EditRequest> byFact = new LinkedHashMap<>();
    for (EditCase edit : cases) {
      String object = edit.object();
      String factId = edit.subject() + '|' + edit.relation();
      if (object != null) {
        byFact.putIfAbsent(
            factId, new EditRequest.Assert(factId, edit.prompt(), edit.subject(), object));
      }
    }
    return List.copyOf(byFact.values());
  }

  private DeltaSize size(int facts, Progress progress) {
    try (StagedWindow window = editor.stage(requests.subList(0, facts), progress)) {
      StagedVersion staged =
          base.stage(DeltaKind.WINDOW, window.result().tensors(), ExactUpdate.sequential());
      long plain = 0;
      long packed = 0;
      long dense = 0;
      for (StagedTensor tensor : staged.tensors()) {
        plain += DeltaCodec.encodedBytes(tensor.edit().update());
        packed += DeltaCodec.encodeSmallest(tensor.edit().update()).remaining();
        dense += base.info(tensor.edit().name()).elements() * Float.BYTES;
      }
      return new DeltaSize(facts, plain, packed, dense, checkpoint());
    }
  }

  private long checkpoint() {
    return base.folder().names().stream()
        .map(base::info)
        .mapToLong(TensorInfo::elements)
        .map(elements -> elements * Float.BYTES)
        .sum();
  }
}
