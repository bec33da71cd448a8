package dev.emend.memit;

import dev.emend.delta.ExactUpdate;
import dev.emend.fault.RejectReason;
import dev.emend.ledger.LayerPair;
import dev.emend.ledger.StandingFact;
import dev.emend.linalg.BlasSelfTest;
import dev.emend.model.Decoder;
import dev.emend.model.PassMemory;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The MEMIT-MASS editor of one model: edits a window of facts by one update and remembers the keys
 * and targets of all standing facts from window to window.
 *
 * <p>Works on the decoder that it is given and on nothing else; that decoder must not be used by
 * others while a window is staged, unless they want the staged answers. Not thread-safe.
 */
public final class Editor implements AutoCloseable {
  private static final String NOT_FINITE = "the search for its target left the range of fp32";

  private final Decoder decoder;
  private final FactReader facts;
  private final EditorSettings settings;
  private final KeyStatistics statistics;
  private final StandingTargets standing = new StandingTargets();
  private final PassSize passes;
  private final ExactUpdate rule = ExactUpdate.sequential();
  private KeyMemory memory;

  private Editor(
      Decoder decoder, FactReader facts, EditorSettings settings, KeyStatistics statistics) {
    this.decoder = decoder;
    this.facts = facts;
    this.settings = settings;
    this.statistics = statistics;
    this.memory = KeyMemory.of(settings.numbers(), statistics);
    WindowMemory needs =
        new WindowMemory(new PassMemory(decoder.config(), decoder.precision()), settings.numbers());
    this.passes = new PassSize(settings.budget(), needs, settings.tokensPerPass());
  }

  /**
   * An editor in whose model no fact stands yet.
   *
   * @throws dev.emend.fault.Fault if the linear algebra library is broken, or the statistics do not
   *     cover the edited layers
   */
  public static Editor of(
      Decoder decoder, FactReader facts, EditorSettings settings, KeyStatistics statistics) {
    BlasSelfTest.require();
    settings.requireFit(decoder.config(), statistics);
    settings
        .budget()
        .require("the key memory", settings.inverses(decoder.config()), "edit fewer layers");
    settings.numbers().layers().forEach(layer -> decoder.downProjection(layer).holdExactly());
    return new Editor(decoder, facts, settings, statistics);
  }

  /** Its settings. */
  public EditorSettings settings() {
    return settings;
  }

  /** How it makes its updates. */
  public EditRecipe recipe() {
    return EditRecipe.of(settings, decoder.precision());
  }

  /**
   * Takes these facts as standing, in place of whatever was remembered: what a restart does with
   * the ledger of the version whose weights the decoder holds.
   */
  public void restore(Collection<StandingFact> ledger) {
    memory.restore(ledger);
    standing.replace(ledger.stream().map(StandingTarget::of).toList());
  }

  /**
   * As {@link #restore(Collection)}, with the inverses that {@link #keep} left in {@code file} if
   * they are of these facts and settings: loading takes a fraction of factoring.
   *
   * @return whether the file was of use
   */
  public boolean restore(Collection<StandingFact> ledger, Path file) {
    standing.replace(ledger.stream().map(StandingTarget::of).toList());
    return memory.restore(ledger, settings.numbers(), statistics, file);
  }

  /** Keeps the inverses of the key memory in a file for the next start. */
  public void keep(Path file) {
    memory.keep(settings.numbers(), statistics, file);
  }

  /** How well the key memory is conditioned, and how often it was factored anew. */
  public MemoryHealth health() {
    return memory.health();
  }

  /**
   * Edits one window on the stage. Facts that stand about the same subject as one that changes are
   * written anew with it: one key can hold one value only, which has to suit all of them.
   *
   * @param requests no two for the same fact
   * @return the staged window, to be committed or closed before the next one
   * @throws dev.emend.fault.Fault MEMORY_EXCEEDED, before anything was done, if the window would
   *     take more memory than the settings allow
   */
  public StagedWindow stage(List<EditRequest> requests, Progress progress) {
    requireDistinct(requests);
    WindowPlan plan = WindowPlan.of(requests, standing, facts);
    return stage(plan, progress);
  }

  private StagedWindow stage(WindowPlan plan, Progress progress) {
    WindowCut cut = passes.of(plan, settings.numbers().method().together());
    EditorSettings fitting = settings.withPass(cut.tokensPerPass());
    StagedWeights stage = StagedWeights.of(decoder, settings.numbers().layers());
    try {
      WindowEdit edit = new WindowEdit(decoder, fitting, memory, stage, rule);
      edit.release(plan.released());
      List<EditedFact> edited = edit.search(plan, cut.parts(), progress);
      if (edit.uneditable().isEmpty()) {
        int last = settings.numbers().targetLayer();
        return new StagedWindow(
            stage,
            new GrownMemory(memory, standing, last, plan, edited),
            edit.result(plan, edited));
      }
      memory.rollback();
      stage.close();
      // What a search had released stands again, so the window starts over without its facts.
      return stage(
          plan.without(edit.uneditable(), RejectReason.EDIT_NOT_FINITE, NOT_FINITE), progress);
    } catch (RuntimeException e) {
      memory.rollback();
      stage.close();
      throw e;
    }
  }

  /**
   * Begins to derive the weights anew from {@code base} and the facts that stand now. Windows may
   * be edited while it goes on; {@link #restore} makes it void.
   *
   * @throws dev.emend.fault.Fault if a fact was written under settings that no longer hold, or
   *     MEMORY_EXCEEDED if it would take more memory than the settings allow
   */
  public Consolidation consolidation(BaseWeights base) {
    Consolidation run =
        new Consolidation(decoder, facts, settings, statistics, base, standing.all());
    run.requireMemory();
    return run;
  }

  /**
   * Puts a consolidation that is done on the stage, and on top of it what changed since it began,
   * with the targets that are known.
   *
   * @return to be committed or closed before the next window; every standing fact is among those
   *     that moved
   */
  public StagedWindow stage(Consolidation done) {
    CatchUp late = CatchUp.between(done.targets(), standing.all(), facts);
    KeyMemory derived = done.takeMemory();
    StagedWeights stage = StagedWeights.of(decoder, settings.numbers().layers());
    try {
      done.place(stage);
      WindowEdit edit = new WindowEdit(decoder, settings, derived, stage, rule);
      edit.release(late.plan().released());
      List<EditedFact> written =
          late.targets().isEmpty() ? List.of() : edit.write(late.plan(), late.targets());
      return new StagedWindow(
          stage,
          new SwappedMemory(derived, late.plan(), written, this::swap),
          ConsolidatedResult.of(edit, done, derived, standing.all(), written));
    } catch (RuntimeException e) {
      derived.close();
      stage.close();
      throw e;
    }
  }

  /**
   * Derives the weights anew in one go, see {@link #consolidation}.
   *
   * @return to be committed or closed before the next window
   */
  public StagedWindow consolidate(BaseWeights base, Progress progress) {
    try (Consolidation run = consolidation(base)) {
      while (!run.done()) {
        run.advance();
        progress.at("consolidation", Math.round(run.share() * 100), 100);
      }
      return stage(run);
    }
  }

  private void swap(KeyMemory derived) {
    memory.close();
    memory = derived;
  }

  private static void requireDistinct(List<EditRequest> requests) {
    Set<String> seen = new HashSet<>();
    for (EditRequest request : requests) {
      if (!seen.add(request.factId())) {
        throw new IllegalArgumentException("two requests for fact " + request.factId());
      }
    }
  }

  /** The pairs that stand for a fact, layers ascending; empty if it does not stand. */
  public List<LayerPair> standing(String factId) {
    return memory.pairs(factId);
  }

  /** Frees the native memory of the key memory; the decoder stays open. */
  @Override
  public void close() {
    memory.close();
  }
}
