package dev.emend.cli;

import dev.emend.progress.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;

/** Plain lines for logs and pipes, a few a phase. Thread-safe. */
final class LineProgress implements Progress {
  private final PrintWriter out;
  private final Pace pace;

  LineProgress(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.pace = new Pace(clock, Duration.ofSeconds(5));
  }

  @Override
  public synchronized void at(String phase, long done, long total) {
    if (pace.shows(phase, done, total)) {
      out.println(phase + " " + done + (total > 0 ? "/" + total : ""));
      out.flush();
    }
  }
}
