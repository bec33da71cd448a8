package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.HashMap;
import java.util.Map;

/** Keeps copies of the keys and values that blocks make. Not thread-safe. */
final class KeyValueTap implements BlockTap {
  private final TorchOps ops;
  private final Map<Integer, KeyValues> heard = new HashMap<>();

  KeyValueTap(TorchOps ops) {
    this.ops = ops;
  }

  @Override
  public void keysAndValues(int layer, NDArray keys, NDArray values) {
    heard.put(layer, new KeyValues(kept(keys), kept(values)));
  }

  /** A copy that outlives the block's scope. */
  private NDArray kept(NDArray array) {
    NDArray copy = ops.copy(array);
    NDScope.unregister(copy);
    return copy;
  }

  /** What was heard since the last call, by layer; it joins the innermost scope. */
  Map<Integer, KeyValues> take() {
    Map<Integer, KeyValues> taken = Map.copyOf(heard);
    heard.clear();
    for (KeyValues pair : taken.values()) {
      NDScope.register(pair.keys());
      NDScope.register(pair.values());
    }
    return taken;
  }
}
