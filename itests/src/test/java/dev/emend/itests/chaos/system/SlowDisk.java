package dev.emend.itests.chaos.system;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Makes each write through a file channel of a process take longer, and each forcing of such writes
 * to the disk: a Java agent for {@code FileChannelImpl}. What native libraries write, as RocksDB
 * does, goes past it.
 */
public final class SlowDisk {
  private static final String MILLIS = "emend.chaos.disk.millis";

  private SlowDisk() {}

  /**
   * Options of the Java command; the agent's jar is written if it is not there.
   *
   * @param jar only its manifest counts, since the agent is found on the class path
   */
  static List<String> options(Path jar, Duration time) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", SlowDisk.class.getName());
    main.putValue("Can-Retransform-Classes", "true");
    if (!Files.exists(jar)) {
      try (OutputStream file = Files.newOutputStream(jar)) {
        new JarOutputStream(file, manifest).close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.of("-javaagent:" + jar, "-D" + MILLIS + "=" + time.toMillis());
  }

  /** Called by the virtual machine before the main method. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .with(AgentBuilder.RedefinitionStrategy.Listener.ErrorEscalating.FAIL_FAST)
        .ignore(none())
        .type(named("sun.nio.ch.FileChannelImpl"))
        .transform(
            (type, name, loader, module, domain) ->
                type.visit(Advice.to(Wait.class).on(named("write").or(named("force")))))
        .installOn(instrumentation);
  }

  /** Copied into the methods, so it may name nothing but the platform's own classes. */
  static final class Wait {
    private Wait() {}

    @Advice.OnMethodEnter
    static void before() throws InterruptedException {
      Thread.sleep(Long.getLong(MILLIS, 0));
    }
  }
}
