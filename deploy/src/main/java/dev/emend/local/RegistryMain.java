package dev.emend.local;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

/**
 * The main class of the registry's process: starts the registry inside this JVM and lives exactly
 * as long as its parent. It runs on the class path of the registry, so of ours it may use only
 * classes that need nothing but the JDK.
 *
 * <p>Contract with the parent over the standard streams: on standard output one line {@value
 * #READY} followed by the port, once the registry answers; on standard input a byte asks for an
 * orderly end. The end of standard input without that byte means that the parent died, however
 * suddenly: the kernel closes the pipe of a killed process. Then the folder named by the system
 * property {@value #SWEEP}, if any, is deleted as well, because nobody else is left to do it.
 */
final class RegistryMain {
  /** Precedes the port on standard output. */
  static final String READY = "EMEND-REGISTRY-READY ";

  /** Names the folder to delete when the parent died. */
  static final String SWEEP = "emend.registry.sweep";

  private static final int PARENT_DIED = -1;

  private RegistryMain() {}

  /** Serves until the parent says so or dies; ends the process either way. */
  public static void main(String[] args) throws IOException {
    PrintStream toParent = System.out;
    System.setOut(System.err);
    Thread starter = new Thread(() -> serve(toParent), "registry-starter");
    starter.setDaemon(true);
    starter.start();
    // Read on this thread from the first moment on: a parent may die while the registry starts.
    int end = System.in.read();
    if (end == PARENT_DIED) {
      try {
        sweep();
      } finally {
        Runtime.getRuntime().halt(0); // whatever could not be deleted: nobody stays behind
      }
    }
    // Runs the shutdown hook of the database, which writes what it holds.
    Runtime.getRuntime().exit(0);
  }

  private static void serve(PrintStream toParent) {
    try {
      Class<?> application = Class.forName("io.quarkus.runner.ApplicationImpl");
      Object registry = application.getDeclaredConstructor().newInstance();
      application.getMethod("start", String[].class).invoke(registry, (Object) new String[0]);
      // The registry was told port 0 and published the port that it got.
      toParent.println(READY + System.getProperty("quarkus.http.port"));
      toParent.flush();
    } catch (InvocationTargetException e) {
      fail(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      fail(e);
    }
  }

  private static void fail(Throwable cause) {
    cause.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private static void sweep() throws IOException {
    String folder = System.getProperty(SWEEP);
    if (folder != null) {
      Folders.delete(Path.of(folder));
    }
  }
}
