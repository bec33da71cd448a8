package dev.emend.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * Looks for secrets in everything that this JVM logs, our own loggers at DEBUG, with messages of
 * exceptions and of their causes. Thread-safe.
 */
final class LogWatch implements AutoCloseable {
  private final List<String> secrets;
  private final List<String> leaks = new CopyOnWriteArrayList<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final Level before = LogManager.getLogger("dev.emend").getLevel();
  private final Watcher watcher = new Watcher();

  private LogWatch(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  static LogWatch forSecrets(String... secrets) {
    LogWatch watch = new LogWatch(List.of(secrets));
    watch.watcher.start();
    Configurator.setLevel("dev.emend", Level.DEBUG);
    watch.context.getConfiguration().getRootLogger().addAppender(watch.watcher, Level.ALL, null);
    watch.context.updateLoggers();
    return watch;
  }

  /** Lines that hold a secret. */
  List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** Names of the loggers that said something. */
  Set<String> heard() {
    return Set.copyOf(heard);
  }

  @Override
  public void close() {
    context.getConfiguration().getRootLogger().removeAppender(watcher.getName());
    Configurator.setLevel("dev.emend", before);
    context.updateLoggers();
    watcher.stop();
  }

  private final class Watcher extends AbstractAppender {
    private final PatternLayout layout =
        PatternLayout.newBuilder().withPattern("%p %c %X %m%n%xEx").build();

    Watcher() {
      super("secrets", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      heard.add(event.getLoggerName());
      String line = layout.toSerializable(event);
      if (secrets.stream().anyMatch(line::contains)) {
        leaks.add(line);
      }
    }
  }
}
