package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one partial forward has seen at one token of each row: the keys (what the down-projection
 * reads) of some layers, and the hidden state after some layers. The pass stops at the last layer
 * asked for; if that is a key, even its down-projection is left out.
 */
public final class LayerTrace {
  private final Map<Integer, TokenVectors> keys;
  private final Map<Integer, TokenVectors> hidden;

  private LayerTrace(Map<Integer, TokenVectors> keys, Map<Integer, TokenVectors> hidden) {
    this.keys = Map.copyOf(keys);
    this.hidden = Map.copyOf(hidden);
  }

  /**
   * Reads keys and hidden states.
   *
   * @param positions one token a row
   * @param keyLayers layers whose keys are wanted
   * @param hiddenLayers layers whose output is wanted
   */
  public static LayerTrace read(
      Decoder decoder,
      TokenBatch batch,
      List<Integer> positions,
      Set<Integer> keyLayers,
      Set<Integer> hiddenLayers) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray chosen = batch.flat(decoder.manager(), positions);
      Collector tap = new Collector(decoder.ops(), chosen, keyLayers, hiddenLayers);
      int lastKey = last(keyLayers);
      int lastHidden = last(hiddenLayers);
      int whole = Math.max(lastHidden + 1, lastKey);
      Frame frame = decoder.frame(batch.length());
      NDArray h = decoder.embed(batch.ids(decoder.manager()), frame);
      h = decoder.run(h, 0, whole, frame, tap);
      if (lastKey > lastHidden) {
        NDArray key = decoder.downInput(lastKey, h, frame, chosen);
        tap.keys.put(lastKey, TokenVectors.of(key));
      }
      return new LayerTrace(tap.keys, tap.hidden);
    }
  }

  /** Keys of a layer, {@code [B, d_in]}. */
  public TokenVectors keys(int layer) {
    return required(keys, layer);
  }

  /** Hidden states after a layer, {@code [B, d]}. */
  public TokenVectors hidden(int layer) {
    return required(hidden, layer);
  }

  private static TokenVectors required(Map<Integer, TokenVectors> read, int layer) {
    TokenVectors vectors = read.get(layer);
    if (vectors == null) {
      throw new IllegalArgumentException("layer " + layer + " was not asked for");
    }
    return vectors;
  }

  private static int last(Set<Integer> layers) {
    return layers.stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  /** Copies what it was asked for to the heap. */
  private record Collector(
      TorchOps ops,
      NDArray chosen,
      Set<Integer> keyLayers,
      Set<Integer> hiddenLayers,
      Map<Integer, TokenVectors> keys,
      Map<Integer, TokenVectors> hidden)
      implements BlockTap {

    Collector(TorchOps ops, NDArray chosen, Set<Integer> keyLayers, Set<Integer> hiddenLayers) {
      this(ops, chosen, keyLayers, hiddenLayers, new HashMap<>(), new HashMap<>());
    }

    @Override
    public void downInput(int layer, NDArray input) {
      if (keyLayers.contains(layer)) {
        keys.put(layer, TokenVectors.of(ops.selectTokens(input, chosen)));
      }
    }

    @Override
    public void output(int layer, NDArray state) {
      if (hiddenLayers.contains(layer)) {
        hidden.put(layer, TokenVectors.of(ops.selectTokens(state, chosen)));
      }
    }
  }
}
