package dev.emend.memit;

import dev.emend.ledger.LayerPair;
import dev.emend.ledger.StandingFact;
import dev.emend.linalg.GramInverse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The memory of keys over all windows, layer by layer: recursive least squares, so that the result
 * does not depend on how the stream was cut into windows. Not thread-safe; owned by one editor.
 */
final class KeyMemory implements AutoCloseable {
  private final List<LayerMemory> layers;

  /** A memory of these layers, ascending, which become its own. */
  KeyMemory(List<LayerMemory> layers) {
    this.layers = List.copyOf(layers);
  }

  /** A memory in which no fact stands. */
  static KeyMemory of(HyperParameters numbers, KeyStatistics statistics) {
    List<LayerMemory> layers = new ArrayList<>();
    try {
      for (int layer : numbers.layers()) {
        KeyPrior prior = new KeyPrior(layer, numbers.lambda(), statistics);
        layers.add(new LayerMemory(prior, RefactorPolicy.DEFAULT));
      }
      return new KeyMemory(layers);
    } catch (RuntimeException e) {
      layers.forEach(LayerMemory::close);
      throw e;
    }
  }

  /** Forgets everything and takes these facts as standing. */
  void restore(Collection<StandingFact> facts) {
    Map<Integer, Map<String, LayerPair>> pairs = byLayer(facts);
    layers.forEach(memory -> memory.restore(pairs.getOrDefault(memory.layer(), Map.of())));
  }

  /**
   * As {@link #restore(Collection)}, with the inverses of {@code file} if they are those of these
   * facts. Returns whether they were.
   */
  boolean restore(
      Collection<StandingFact> facts,
      HyperParameters numbers,
      KeyStatistics statistics,
      Path file) {
    Map<Integer, Map<String, LayerPair>> pairs = byLayer(facts);
    Optional<List<GramInverse>> kept =
        MemoryFile.read(file, MemoryKey.of(numbers, statistics, pairs));
    if (kept.isEmpty()) {
      layers.forEach(memory -> memory.restore(pairs.getOrDefault(memory.layer(), Map.of())));
      return false;
    }
    for (int i = 0; i < layers.size(); i++) {
      LayerMemory memory = layers.get(i);
      memory.restore(pairs.getOrDefault(memory.layer(), Map.of()), kept.get().get(i));
    }
    return true;
  }

  /** Keeps the inverses in a file. */
  void keep(HyperParameters numbers, KeyStatistics statistics, Path file) {
    Map<Integer, Map<String, LayerPair>> standing = new TreeMap<>();
    layers.forEach(memory -> standing.put(memory.layer(), memory.standing()));
    MemoryFile.write(
        file,
        MemoryKey.of(numbers, statistics, standing),
        layers.stream().map(LayerMemory::inverse).toList());
  }

  private Map<Integer, Map<String, LayerPair>> byLayer(Collection<StandingFact> facts) {
    Map<Integer, Map<String, LayerPair>> pairs = new TreeMap<>();
    layers.forEach(memory -> pairs.put(memory.layer(), new LinkedHashMap<>()));
    for (StandingFact fact : facts) {
      for (LayerPair pair : fact.layers()) {
        Map<String, LayerPair> own = pairs.get(pair.layer());
        if (own != null) {
          own.put(fact.factId(), pair);
        }
      }
    }
    return pairs;
  }

  /** Whether a fact stands. */
  boolean holds(String factId) {
    return layers.get(0).find(factId).isPresent();
  }

  /** The pairs of a fact, layers ascending; empty if it does not stand. */
  List<LayerPair> pairs(String factId) {
    return layers.stream().flatMap(layer -> layer.find(factId).stream()).toList();
  }

  /** The memories of the edited layers, ascending. */
  List<LayerMemory> layers() {
    return layers;
  }

  /** That of the worst layer. */
  MemoryHealth health() {
    return layers.stream().map(MemoryHealth::of).reduce(MemoryHealth::worse).orElseThrow();
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
