package dev.emend.memit;

import dev.emend.delta.ExactUpdate;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.model.Decoder;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Edits one planned window on the stage: down-date, targets, layer loop. Used once. */
final class WindowEdit {
  private final Decoder decoder;
  private final EditorSettings settings;
  private final KeyMemory memory;
  private final List<StagedLayer> layers;
  private final PhaseClock clock = new PhaseClock(System::nanoTime);
  private final Set<Integer> uneditable = new TreeSet<>();

  WindowEdit(
      Decoder decoder,
      EditorSettings settings,
      KeyMemory memory,
      StagedWeights stage,
      ExactUpdate rule) {
    this.decoder = decoder;
    this.settings = settings;
    this.memory = memory;
    this.layers =
        settings.numbers().layers().stream()
            .map(layer -> new StagedLayer(stage, decoder.downProjection(layer), rule))
            .toList();
  }

  /** Takes the plan's released facts out. */
  void release(List<String> factIds) {
    for (int i = 0; i < layers.size(); i++) {
      DownDate.apply(layers.get(i), memory.layers().get(i), factIds, clock);
    }
  }

  /**
   * Searches the targets of the plan's facts and writes them, part by part; ends early if the
   * search failed for some, which {@link #uneditable} then names.
   */
  List<EditedFact> search(WindowPlan plan, List<List<Integer>> parts, Progress progress) {
    Map<Integer, EditedFact> edited = new TreeMap<>();
    for (List<Integer> part : parts) {
      List<EditedFact> written = searchPart(plan.only(part), part, progress);
      if (!uneditable.isEmpty()) {
        return List.of();
      }
      for (int i = 0; i < part.size(); i++) {
        edited.put(part.get(i), written.get(i));
      }
    }
    return List.copyOf(edited.values());
  }

  private List<EditedFact> searchPart(WindowPlan plan, List<Integer> places, Progress progress) {
    List<String> owners = settings.joint() ? plan.subjects() : plan.factIds();
    JointTargets joint = JointTargets.of(plan.tokens(), owners);
    TargetOptimiser optimiser =
        new TargetOptimiser(decoder, settings.numbers(), settings.tokensPerPass());
    List<Target> found =
        clock.time(PhaseClock.Phase.TARGETS, () -> optimiser.optimise(joint.problems(), progress));
    for (int problem = 0; problem < found.size(); problem++) {
      if (!found.get(problem).isFinite()) {
        joint.group(problem).forEach(fact -> uneditable.add(places.get(fact)));
      }
    }
    if (!uneditable.isEmpty()) {
      return List.of();
    }
    try (WindowReader reader = reader(plan.tokens())) {
      List<float[]> starts = joint.shared() ? hidden(reader) : List.of();
      return write(plan, joint.spread(found, starts), reader);
    }
  }

  /** Facts whose search left the range of fp32, by their place in the plan. */
  Set<Integer> uneditable() {
    return uneditable;
  }

  /** Writes targets that are known, one for each fact of the plan. */
  List<EditedFact> write(WindowPlan plan, List<Target> targets) {
    try (WindowReader reader = reader(plan.tokens())) {
      return write(plan, targets, reader);
    }
  }

  private List<EditedFact> write(WindowPlan plan, List<Target> targets, KeySource reader) {
    LayerLoop loop =
        new LayerLoop(settings.numbers().targetLayer(), layers, memory.layers(), clock);
    List<FloatVector> wanted = targets.stream().map(Target::z).toList();
    List<List<LayerPair>> pairs = loop.write(reader, wanted);
    List<EditedFact> written = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      written.add(new EditedFact(plan.written().get(i).factId(), targets.get(i), pairs.get(i)));
    }
    return written;
  }

  private WindowReader reader(List<EditTokens> tokens) {
    return clock.time(
        PhaseClock.Phase.KEYS, () -> WindowReader.of(decoder, tokens, settings.tokensPerPass()));
  }

  private List<float[]> hidden(WindowReader reader) {
    return clock.time(
        PhaseClock.Phase.KEYS, () -> reader.hiddenAfter(settings.numbers().targetLayer()));
  }

  /** What came of a plan whose facts were edited, one by one in its order. */
  WindowResult result(WindowPlan plan, List<EditedFact> edited) {
    List<EditedFact> written = new ArrayList<>();
    List<EditedFact> moved = new ArrayList<>();
    for (int i = 0; i < edited.size(); i++) {
      (plan.written().get(i).companion() ? moved : written).add(edited.get(i));
    }
    return new WindowResult(
        layers.stream().map(StagedLayer::edit).flatMap(Optional::stream).toList(),
        written,
        moved,
        plan.retracted(),
        plan.rejected(),
        clock.times());
  }

  /** The weights on the stage. */
  List<StagedLayer> layers() {
    return layers;
  }

  /** Wall time so far. */
  PhaseTimes times() {
    return clock.times();
  }
}
