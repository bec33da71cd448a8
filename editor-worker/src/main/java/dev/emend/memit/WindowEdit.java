package dev.emend.memit;

import dev.emend.delta.ExactUpdate;
import dev.emend.fault.RejectReason;
import dev.emend.ledger.LayerPair;
import dev.emend.model.Decoder;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits one planned window on the stage: down-date, targets, layer loop. Used once. */
final class WindowEdit {
  private final Decoder decoder;
  private final EditorSettings settings;
  private final KeyMemory memory;
  private final List<StagedLayer> layers;
  private final PhaseClock clock = new PhaseClock(System::nanoTime);

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

  WindowResult run(WindowPlan plan, Progress progress) {
    for (int i = 0; i < layers.size(); i++) {
      DownDate.apply(layers.get(i), memory.layers().get(i), plan.released(), clock);
    }
    List<Rejection> rejected = new ArrayList<>(plan.rejected());
    List<EditedFact> written =
        plan.tokens().isEmpty() ? List.of() : write(plan, rejected, progress);
    return new WindowResult(
        layers.stream().map(StagedLayer::edit).flatMap(Optional::stream).toList(),
        written,
        plan.retracted(),
        rejected,
        clock.times());
  }

  private List<EditedFact> write(WindowPlan plan, List<Rejection> rejected, Progress progress) {
    TargetOptimiser optimiser =
        new TargetOptimiser(decoder, settings.numbers(), settings.tokensPerPass());
    List<Target> targets =
        clock.time(PhaseClock.Phase.TARGETS, () -> optimiser.optimise(plan.tokens(), progress));
    List<Integer> usable = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).isFinite()) {
        usable.add(i);
      } else {
        rejected.add(
            new Rejection(
                plan.written().get(i),
                RejectReason.EDIT_NOT_FINITE,
                "the search for its target left the range of fp32"));
      }
    }
    return usable.isEmpty() ? List.of() : write(plan, usable, targets);
  }

  private List<EditedFact> write(WindowPlan plan, List<Integer> usable, List<Target> targets) {
    List<Target> chosen = usable.stream().map(targets::get).toList();
    List<EditTokens> tokens = usable.stream().map(plan.tokens()::get).toList();
    List<EditedFact> written = new ArrayList<>();
    try (WindowReader reader =
        clock.time(
            PhaseClock.Phase.KEYS,
            () -> WindowReader.of(decoder, tokens, settings.tokensPerPass()))) {
      LayerLoop loop =
          new LayerLoop(settings.numbers().targetLayer(), layers, memory.layers(), clock);
      List<List<LayerPair>> pairs = loop.write(reader, chosen);
      for (int i = 0; i < usable.size(); i++) {
        written.add(new EditedFact(plan.written().get(usable.get(i)), chosen.get(i), pairs.get(i)));
      }
    }
    return written;
  }
}
