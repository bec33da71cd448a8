package dev.emend.cli;

import dev.emend.progress.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** One line that redraws itself while a phase lasts. Thread-safe. */
final class BarProgress implements Progress {
  private static final int CELLS = 30;

  private final PrintWriter out;
  private final Pace pace;
  private boolean lineOpen;

  BarProgress(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.pace = new Pace(clock, Duration.ofMillis(100));
  }

  @Override
  public synchronized void at(String phase, long done, long total) {
    if (lineOpen && pace.begins(phase)) {
      endLine();
    }
    if (pace.shows(phase, done, total)) {
      draw(phase, done, total);
      lineOpen = true;
      if (pace.complete()) {
        endLine();
      }
    }
  }

  private void draw(String phase, long done, long total) {
    if (total <= 0) {
      out.print(String.format(Locale.ROOT, "\r%-12s %d", phase, done));
    } else {
      int filled = (int) (CELLS * Math.min(done, total) / total);
      String bar = "#".repeat(filled) + ".".repeat(CELLS - filled);
      out.print(String.format(Locale.ROOT, "\r%-12s [%s] %d/%d", phase, bar, done, total));
    }
    out.flush();
  }

  private void endLine() {
    out.println();
    out.flush();
    lineOpen = false;
  }
}
