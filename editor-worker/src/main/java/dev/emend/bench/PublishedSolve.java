package dev.emend.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.emend.linalg.Matrix;
import dev.emend.model.TorchModule;

/**
 * The very call that the public implementations make for a window's gains: the engine's general
 * solve in fp64, which knows nothing of symmetry. One thread.
 */
final class PublishedSolve implements AutoCloseable {
  private static final String METHODS =
      """
        def forward(self: __torch__.Ops, x: Tensor) -> Tensor:
          return x
        def solve(self: __torch__.Ops, a: Tensor, k: Tensor) -> Tensor:
          s = torch.add(a, torch.matmul(k, torch.t(k)))
          return torch.linalg_solve(s, k)
      """;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final TorchModule module = TorchModule.load(manager, METHODS);

  PublishedSolve(int threads) {
    JniUtils.setNumThreads(threads);
  }

  /** Seconds of {@code (A + K K^T)^-1 K}. */
  double seconds(Matrix a, Matrix keys) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // A is symmetric; keys come as their transpose.
      NDArray system = array(a);
      NDArray columns = array(keys).transpose();
      long start = System.nanoTime();
      module.call("solve", system, columns);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private NDArray array(Matrix matrix) {
    Shape shape = new Shape(matrix.columns(), matrix.rows());
    return manager.create(matrix.bytes(), shape, DataType.FLOAT64);
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
