package dev.emend.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Named arrays of one model in a native scope of their own: the arrays live until {@link #close},
 * whatever {@link NDScope} they were made in. Not thread-safe while an array is replaced or
 * written.
 */
public final class Weights implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  private Weights(NDManager manager) {
    this.manager = manager;
  }

  /** An empty set whose memory is a child of {@code parent}. */
  public static Weights below(NDManager parent) {
    return new Weights(parent.newSubManager());
  }

  /** An empty set that owns its memory, on the processor. */
  public static Weights alone() {
    return alone(Device.cpu());
  }

  /** An empty set that owns its memory on a device. */
  static Weights alone(Device device) {
    return new Weights(NDManager.newBaseManager(device, "PyTorch"));
  }

  /** The scope of these arrays; a parent for what must live as long as they do. */
  public NDManager manager() {
    return manager;
  }

  /** Takes over an array under a new name. */
  public void add(String name, NDArray array) {
    if (arrays.containsKey(name)) {
      throw new IllegalArgumentException("weight twice: " + name);
    }
    arrays.put(name, own(array));
  }

  /** Takes over an array in place of the one of that name, which is freed. */
  void replace(String name, NDArray array) {
    NDArray before = get(name);
    arrays.put(name, own(array));
    before.close();
  }

  private NDArray own(NDArray array) {
    NDScope.unregister(array);
    array.attach(manager);
    array.setName(null); // an operand's name would change how TorchOps passes it
    return array;
  }

  /** The array of that name. */
  public NDArray get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no weight " + name));
  }

  /** The array of that name, if there is one. */
  public Optional<NDArray> find(String name) {
    return Optional.ofNullable(arrays.get(name));
  }

  /** All names in the order of their addition. */
  public Set<String> names() {
    return Collections.unmodifiableSet(arrays.keySet());
  }

  /** All arrays in the order of their addition. */
  public Collection<NDArray> arrays() {
    return Collections.unmodifiableCollection(arrays.values());
  }

  /** Number of single values. */
  public long parameters() {
    return arrays.values().stream().mapToLong(array -> array.getShape().size()).sum();
  }

  /** Whether gradients are recorded for every weight from now on. */
  public void setTrainable(boolean trainable) {
    arrays.values().forEach(array -> array.setRequiresGradient(trainable));
  }

  @Override
  public void close() {
    manager.close();
  }
}
