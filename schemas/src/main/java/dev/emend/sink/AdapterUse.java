package dev.emend.sink;

import java.nio.file.Path;

/** Takes an adapter into use. */
@FunctionalInterface
public interface AdapterUse {
  /**
   * An adapter was written; when this returns, nobody needs the one before it.
   *
   * @param adapter what it holds
   * @param folder where it lies
   */
  void use(LoraAdapter adapter, Path folder);
}
