package dev.emend.cli;

import java.util.concurrent.Callable;

/**
 * Closes something when the process is asked to end (Ctrl-C, SIGTERM), so that an orderly end is
 * the usual one.
 */
final class ShutdownHook {
  private ShutdownHook() {}

  /** Does some work; if the process ends meanwhile, {@code part} is closed first. */
  static <T> T closing(AutoCloseable part, Callable<T> work) throws Exception {
    Thread hook = new Thread(() -> close(part), "emend-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      remove(hook);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing at the end failed", e);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs already.
    }
  }
}
