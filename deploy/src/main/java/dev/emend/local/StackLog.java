package dev.emend.local;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Sends everything that this JVM logs from level INFO on to one file, as long as it is open. */
final class StackLog implements AutoCloseable {
  private static final String PATTERN = "%d{ISO8601} %-5p [%t] %c{1.}: %m%n%xEx";

  private final LoggerContext context;
  private final FileAppender appender;

  private StackLog(LoggerContext context, FileAppender appender) {
    this.context = context;
    this.appender = appender;
  }

  static StackLog into(Path file) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    FileAppender appender =
        FileAppender.newBuilder()
            .setName(file.toString())
            .withFileName(file.toString())
            .setLayout(PatternLayout.newBuilder().withPattern(PATTERN).build())
            .build();
    appender.start();
    context.getConfiguration().getRootLogger().addAppender(appender, Level.INFO, null);
    context.updateLoggers();
    return new StackLog(context, appender);
  }

  @Override
  public void close() {
    context.getConfiguration().getRootLogger().removeAppender(appender.getName());
    context.updateLoggers();
    appender.stop();
  }
}
