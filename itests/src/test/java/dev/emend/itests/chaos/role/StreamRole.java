package dev.emend.itests.chaos.role;

import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import java.time.Duration;
import java.util.Optional;

/** A stream app. */
final class StreamRole implements Role {
  private static final Duration START = Duration.ofMinutes(2);

  private final StreamApp app;

  private StreamRole(StreamApp app) {
    this.app = app;
  }

  public static void main(String[] arguments) {
    RoleProcess.live(arguments, StreamRole::start);
  }

  private static Role start(RoleSettings settings) throws InterruptedException {
    StreamApp app = StreamApp.start(StreamAppConfig.from(settings.connection()));
    if (!app.awaitRunning(START)) {
      throw new IllegalStateException("the stream app does not run: " + app.health());
    }
    return new StreamRole(app);
  }

  @Override
  public Optional<String> broken() {
    return app.health().up() ? Optional.empty() : Optional.of(app.health().toString());
  }

  @Override
  public String answer(String[] command) {
    return app.stateSize().diskBytes() + " " + app.stateSize().keys();
  }

  @Override
  public void close() {
    app.close();
  }
}
