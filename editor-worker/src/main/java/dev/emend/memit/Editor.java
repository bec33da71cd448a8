package dev.emend.memit;

import dev.emend.delta.ExactUpdate;
import dev.emend.ledger.LayerPair;
import dev.emend.ledger.StandingFact;
import dev.emend.linalg.BlasSelfTest;
import dev.emend.model.Decoder;
import dev.emend.model.StagedWeights;
import dev.emend.progress.Progress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The MEMIT-MASS editor of one model: edits a window of facts by one update and remembers the keys
 * of all standing facts from window to window.
 *
 * <p>Works on the decoder that it is given and on nothing else; that decoder must not be used by
 * others while a window is staged, unless they want the staged answers. Not thread-safe.
 */
public final class Editor implements AutoCloseable {
  private final Decoder decoder;
  private final FactReader facts;
  private final EditorSettings settings;
  private final KeyMemory memory;
  private final ExactUpdate rule = ExactUpdate.sequential();

  private Editor(Decoder decoder, FactReader facts, EditorSettings settings, KeyMemory memory) {
    this.decoder = decoder;
    this.facts = facts;
    this.settings = settings;
    this.memory = memory;
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
    return new Editor(decoder, facts, settings, KeyMemory.of(settings.numbers(), statistics));
  }

  /** Its settings. */
  public EditorSettings settings() {
    return settings;
  }

  /**
   * Takes these facts as standing, in place of whatever was remembered: what a restart does with
   * the ledger of the version whose weights the decoder holds.
   */
  public void restore(Collection<StandingFact> standing) {
    memory.restore(standing);
  }

  /** Smallest reciprocal condition number of the layers' {@code A}, when last factored. */
  public double reciprocalCondition() {
    return memory.reciprocalCondition();
  }

  /**
   * Edits one window on the stage.
   *
   * @param requests no two for the same fact
   * @return the staged window, to be committed or closed before the next one
   */
  public StagedWindow stage(List<EditRequest> requests, Progress progress) {
    requireDistinct(requests);
    Set<String> standing = new HashSet<>();
    requests.stream().map(EditRequest::factId).filter(memory::holds).forEach(standing::add);
    WindowPlan plan = WindowPlan.of(requests, standing, facts);
    StagedWeights stage = StagedWeights.of(decoder, settings.numbers().layers());
    try {
      WindowResult result =
          new WindowEdit(decoder, settings, memory, stage, rule).run(plan, progress);
      return new StagedWindow(stage, memory, plan.released(), result);
    } catch (RuntimeException e) {
      memory.rollback();
      stage.close();
      throw e;
    }
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
    return memory.layers().stream().flatMap(layer -> layer.find(factId).stream()).toList();
  }

  /** Frees the native memory of the key memory; the decoder stays open. */
  @Override
  public void close() {
    memory.close();
  }
}
