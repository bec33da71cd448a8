package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two threads want a gradient at the same time. */
class GradientTapeTest {
  private static final int THREADS = 2;
  private static final int TIMES = 200;

  @Test
  void shouldLetThreadsTakeTurns() throws Exception {
    CountDownLatch together = new CountDownLatch(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Callable<Boolean> task = () -> alwaysRight(together);
      List<Future<Boolean>> right = List.of(threads.submit(task), threads.submit(task));
      for (Future<Boolean> one : right) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The gradient of the sum of squares is twice the value. */
  private static boolean alwaysRight(CountDownLatch together) throws InterruptedException {
    together.countDown();
    together.await();
    boolean right = true;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      for (int i = 1; i <= TIMES; i++) {
        NDArray value = manager.create(new float[] {i});
        value.setRequiresGradient(true);
        try (GradientTape tape = GradientTape.open()) {
          tape.backward(value.mul(value).sum());
          right &= value.getGradient().toFloatArray()[0] == 2f * i;
        }
        value.close();
      }
    }
    return right;
  }
}
