package dev.emend.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A record of operations that a gradient is taken of. DJL allows one at a time in a process and
 * throws at the second, so that two models that are edited side by side must take turns: opening
 * waits until the tape of another thread is closed. Confined to the thread that opened it.
 */
public final class GradientTape implements AutoCloseable {
  private static final ReentrantLock TURN = new ReentrantLock(true);

  private final GradientCollector collector;

  private GradientTape(GradientCollector collector) {
    this.collector = collector;
  }

  /** Begins to record, once it is this thread's turn. */
  public static GradientTape open() {
    TURN.lock();
    boolean opened = false;
    try {
      GradientTape tape = new GradientTape(Engine.getEngine("PyTorch").newGradientCollector());
      opened = true;
      return tape;
    } finally {
      if (!opened) {
        TURN.unlock();
      }
    }
  }

  /** Computes the gradients of a recorded result. */
  public void backward(NDArray result) {
    collector.backward(result);
  }

  /** Ends the record; the next may begin. */
  @Override
  public void close() {
    try {
      collector.close();
    } finally {
      TURN.unlock();
    }
  }
}
