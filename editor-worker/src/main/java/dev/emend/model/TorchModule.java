package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TorchScript module of methods that we wrote ourselves, each taking tensors only. Gradients flow
 * through a call where the engine records them.
 *
 * <p>A result belongs to the manager of the first operand and to the innermost {@link NDScope}.
 * Operands must live in memory of the engine ({@link NativeArrays}). Thread-safe.
 */
public final class TorchModule implements AutoCloseable {
  private static final String METHOD_MARK = "module_method:";

  private final NDManager manager;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> marks = new ConcurrentHashMap<>();

  private TorchModule(NDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /**
   * Loads a module below {@code parent}.
   *
   * @param methods method definitions in the dialect of saved modules, indented by two spaces; the
   *     first operand is {@code self: __torch__.Ops}
   */
  public static TorchModule load(NDManager parent, String methods) {
    NDManager manager = parent.newSubManager();
    try {
      return new TorchModule(
          manager,
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(TorchArchive.of(methods)),
              false,
              false));
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException(e);
    }
  }

  /** The single result of a method. */
  public NDArray call(String method, NDArray... operands) {
    return callAll(method, operands).singletonOrThrow();
  }

  /** All results of a method that gives a list or tuple. */
  public NDList callAll(String method, NDArray... operands) {
    NDList inputs = new NDList(operands);
    inputs.add(marks.computeIfAbsent(method, this::mark));
    return IValueUtils.forward(module, inputs, true);
  }

  /** The engine picks the method by an extra operand with a telling name. */
  private NDArray mark(String method) {
    NDArray mark = manager.zeros(new Shape(1));
    NDScope.unregister(mark);
    mark.setName(METHOD_MARK + method);
    return mark;
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
