package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.model.Decoder;
import dev.emend.model.PassMemory;
import dev.emend.model.StagedWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Derives the weights anew from the base weights and the stored targets of all standing facts, as
 * one update without any search: what a stream of windows left behind in rounding, drifted keys and
 * facts taken out since is gone. Given base, targets and settings the result is the same to the bit
 * on one machine, however the facts came: they are read in the order of their ids, in blocks that
 * depend on nothing else.
 *
 * <p>Goes on by {@link #advance}, a block of facts in one layer at a time; in between the decoder's
 * weights are what they were, so that windows may be edited meanwhile. {@link Editor#stage} then
 * puts the result on the stage and catches up with them. Memory beside the pairs that it returns:
 * the sums of one layer and the inverses of the layers that are done.
 *
 * <p>Not thread-safe; used by the editor's thread.
 */
public final class Consolidation implements AutoCloseable {
  /** Facts read together: short enough to interrupt, long enough to keep the cores busy. */
  private static final int BLOCK = 64;

  private final Decoder decoder;
  private final FactReader reader;
  private final EditorSettings settings;
  private final KeyStatistics statistics;
  private final BaseWeights base;
  private final List<StandingTarget> targets;
  private final Map<Integer, float[]> solved = new TreeMap<>();
  private final List<LayerMemory> memories = new ArrayList<>();
  private final List<LayerPair> pairs = new ArrayList<>();
  private final PhaseClock clock = new PhaseClock(System::nanoTime);
  private @Nullable LayerSums open;

  Consolidation(
      Decoder decoder,
      FactReader reader,
      EditorSettings settings,
      KeyStatistics statistics,
      BaseWeights base,
      List<StandingTarget> targets) {
    this.decoder = decoder;
    this.reader = reader;
    this.settings = settings;
    this.statistics = statistics;
    this.base = base;
    this.targets = List.copyOf(targets);
    this.targets.forEach(this::requireFit);
  }

  private void requireFit(StandingTarget fact) {
    boolean fits =
        fact.layer() == settings.numbers().targetLayer()
            && fact.target().size() == decoder.config().width();
    if (!fits) {
      throw new Fault(
          FaultCode.FACT_INVALID,
          "%s has a target for layer %d, not %d: it was written under other settings and cannot be consolidated before it is written again"
              .formatted(fact.factId(), fact.layer(), settings.numbers().targetLayer()));
    }
  }

  /** Refuses what would not fit beside what is live, with the figures. */
  void requireMemory() {
    WindowMemory memory =
        new WindowMemory(new PassMemory(decoder.config(), decoder.precision()), settings.numbers());
    List<EditTokens> first =
        targets.stream().limit(BLOCK).map(fact -> tokens(fact.fact())).toList();
    settings
        .budget()
        .require(
            "consolidating %d facts".formatted(targets.size()),
            memory.consolidation(targets.size(), first, settings.tokensPerPass()),
            "allow more memory, or edit fewer layers");
  }

  /** Whether the weights of all layers are derived. */
  public boolean done() {
    return solved.size() == settings.numbers().layers().size();
  }

  /** How much is done, 0..1. */
  public double share() {
    double facts = Math.max(1, targets.size());
    return (solved.size() + pairs.size() / facts) / settings.numbers().layers().size();
  }

  /** Number of facts that stood when it began. */
  public int facts() {
    return targets.size();
  }

  /** One block of facts in one layer, or the solve after a layer's last one. */
  public void advance() {
    if (done()) {
      throw new IllegalStateException("the consolidation is done");
    }
    int layer = settings.numbers().layers().get(solved.size());
    LayerSums sums = open(layer);
    if (pairs.size() < targets.size()) {
      pairs.addAll(read(layer, sums));
    } else {
      clock.time(PhaseClock.Phase.SOLVE, () -> finish(layer, sums));
    }
  }

  private LayerSums open(int layer) {
    LayerSums sums = open;
    if (sums == null) {
      var projection = decoder.downProjection(layer);
      sums = new LayerSums(projection, base.values(projection), prior(layer));
      open = sums;
    }
    return sums;
  }

  private KeyPrior prior(int layer) {
    return new KeyPrior(layer, settings.numbers().lambda(), statistics);
  }

  private List<LayerPair> read(int layer, LayerSums sums) {
    int from = pairs.size();
    List<StandingTarget> block = targets.subList(from, Math.min(targets.size(), from + BLOCK));
    LayerStep step = clock.time(PhaseClock.Phase.KEYS, () -> read(layer, block));
    List<FloatVector> wanted = block.stream().map(StandingTarget::target).toList();
    int left = settings.numbers().layers().size() - solved.size();
    return clock.time(PhaseClock.Phase.SOLVE, () -> sums.add(step, wanted, left));
  }

  /** Reads with the derived weights below the layer and the base weights from it on. */
  private LayerStep read(int layer, List<StandingTarget> block) {
    List<EditTokens> tokens = block.stream().map(fact -> tokens(fact.fact())).toList();
    try (StagedWeights stage = StagedWeights.of(decoder, settings.numbers().layers())) {
      place(stage);
      try (WindowReader window = WindowReader.of(decoder, tokens, settings.tokensPerPass())) {
        return LayerStep.read(window, layer, settings.numbers().targetLayer());
      }
    }
  }

  private EditTokens tokens(EditRequest.Assert fact) {
    ReadFact read = reader.read(fact);
    if (read instanceof ReadFact.Usable usable) {
      return usable.tokens();
    }
    throw new Fault(
        FaultCode.FACT_INVALID,
        fact.factId() + " stands in the model but cannot be read any more: settings have changed");
  }

  private void finish(int layer, LayerSums sums) {
    float[] values = sums.solve();
    Map<String, LayerPair> standing = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      standing.put(targets.get(i).factId(), pairs.get(i));
    }
    memories.add(
        new LayerMemory(prior(layer), RefactorPolicy.DEFAULT, standing, sums.takeInverse()));
    solved.put(layer, values);
    pairs.clear();
    sums.close();
    open = null;
  }

  /** Puts what is derived so far on a stage, and base weights in the other layers. */
  void place(StagedWeights stage) {
    for (int layer : settings.numbers().layers()) {
      var projection = decoder.downProjection(layer);
      float[] values = solved.get(layer);
      stage.replace(projection, values == null ? base.values(projection) : values);
    }
  }

  /** The facts that went into it, by id. */
  List<StandingTarget> targets() {
    return targets;
  }

  /** The key memory of the derived weights; becomes the caller's. */
  KeyMemory takeMemory() {
    if (!done() || memories.isEmpty()) {
      throw new IllegalStateException("the consolidation is not done, or its memory is taken");
    }
    KeyMemory taken = new KeyMemory(memories);
    memories.clear();
    return taken;
  }

  /** Wall time by phase since it began. */
  PhaseTimes times() {
    return clock.times();
  }

  /** Frees the native memory; a result that was taken stays. */
  @Override
  public void close() {
    LayerSums sums = open;
    open = null;
    if (sums != null) {
      sums.close();
    }
    memories.forEach(LayerMemory::close);
    memories.clear();
  }
}
