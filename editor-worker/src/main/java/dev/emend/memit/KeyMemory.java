package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import dev.emend.ledger.StandingFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory of keys over all windows, layer by layer: recursive least squares, so that the result
 * does not depend on how the stream was cut into windows. Not thread-safe; owned by one editor.
 */
final class KeyMemory implements AutoCloseable {
  private final List<LayerMemory> layers;

  private KeyMemory(List<LayerMemory> layers) {
    this.layers = layers;
  }

  /** A memory in which no fact stands. */
  static KeyMemory of(HyperParameters numbers, KeyStatistics statistics) {
    List<LayerMemory> layers = new ArrayList<>();
    try {
      for (int layer : numbers.layers()) {
        layers.add(new LayerMemory(layer, numbers.lambda(), statistics));
      }
      return new KeyMemory(layers);
    } catch (RuntimeException e) {
      layers.forEach(LayerMemory::close);
      throw e;
    }
  }

  /** Forgets everything and takes these facts as standing. */
  void restore(Collection<StandingFact> facts) {
    for (LayerMemory memory : layers) {
      Map<String, LayerPair> pairs = new LinkedHashMap<>();
      for (StandingFact fact : facts) {
        fact.layers().stream()
            .filter(pair -> pair.layer() == memory.layer())
            .forEach(pair -> pairs.put(fact.factId(), pair));
      }
      memory.restore(pairs);
    }
  }

  /** Whether a fact stands. */
  boolean holds(String factId) {
    return layers.get(0).find(factId).isPresent();
  }

  /** The memories of the edited layers, ascending. */
  List<LayerMemory> layers() {
    return layers;
  }

  /** Smallest reciprocal condition number over the layers. */
  double reciprocalCondition() {
    return layers.stream().mapToDouble(LayerMemory::reciprocalCondition).min().orElseThrow();
  }

  /** Makes the pending steps of all layers count for good. */
  void commit(Collection<String> removed, Map<String, List<LayerPair>> written) {
    for (LayerMemory memory : layers) {
      Map<String, LayerPair> own = new TreeMap<>();
      written.forEach(
          (factId, pairs) ->
              pairs.stream()
                  .filter(pair -> pair.layer() == memory.layer())
                  .forEach(pair -> own.put(factId, pair)));
      memory.commit(removed, own);
    }
  }

  /** Forgets the pending steps of all layers. */
  void rollback() {
    layers.forEach(LayerMemory::rollback);
  }

  @Override
  public void close() {
    layers.forEach(LayerMemory::close);
  }
}
