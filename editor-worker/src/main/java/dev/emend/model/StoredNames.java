package dev.emend.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The tensors that a declaration reads, by the names under which a folder stores them. */
final class StoredNames {
  private final Map<String, TensorRole> names = new LinkedHashMap<>();

  private StoredNames() {}

  /** The names of a model; {@code stored} says whether a folder has a tensor. */
  static StoredNames of(ModelConfig config, Predicate<String> stored) {
    Architecture architecture = config.architecture();
    boolean withBase = hasBase(architecture, stored);
    StoredNames found = new StoredNames();
    for (TensorRole role : architecture.names().keySet()) {
      if (role == TensorRole.HEAD && config.tiedHead()) {
        continue;
      }
      for (int layer = 0; layer < (role.perBlock() ? config.layers() : 1); layer++) {
        String name = architecture.name(role, layer, withBase);
        found.names.put(name + ".weight", role);
        found.names.put(name + ".bias", role);
      }
    }
    return found;
  }

  /** Whether the names carry the declaration's base prefix. */
  static boolean hasBase(Architecture architecture, Predicate<String> stored) {
    return stored.test(architecture.name(TensorRole.TOKEN_EMBEDDING, 0, true) + ".weight");
  }

  /** Hands over each name that may be stored, with its role. */
  void forEach(BiConsumer<String, TensorRole> action) {
    names.forEach(action);
  }
}
