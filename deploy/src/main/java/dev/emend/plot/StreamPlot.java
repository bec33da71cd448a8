package dev.emend.plot;

import dev.emend.bench.ContinualReport;
import dev.emend.bench.ContinualReport.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;

/** Draws a long stream: what each window took and left. */
public final class StreamPlot {
  private static final double MEGABYTE = 1e6;
  private static final String ACROSS = "window";

  private StreamPlot() {}

  /** Writes time, memory, condition and error as four panels of one picture; returns its path. */
  public static Path write(ContinualReport report, Path file) {
    return PictureFile.write(
        List.of(
            points(report, "Processor time", "seconds", Window::cpu),
            points(report, "Resident memory", "MB", window -> window.resident() / MEGABYTE),
            decades(
                report,
                "Condition of the worst layer, when last factored",
                "condition number",
                window -> 1 / window.reciprocalCondition()),
            decades(report, "Estimated error of its inverse", "relative", Window::error)),
        2,
        file);
  }

  private static XYChart points(
      ContinualReport report, String title, String up, ToDoubleFunction<Window> value) {
    return drawn(new LinePlot(title, ACROSS, up).fromZero(), report, value);
  }

  private static XYChart decades(
      ContinualReport report, String title, String up, ToDoubleFunction<Window> value) {
    return drawn(new LinePlot(title, ACROSS, up).upDecades(), report, value);
  }

  private static XYChart drawn(
      LinePlot plot, ContinualReport report, ToDoubleFunction<Window> value) {
    plot.points(
        "window",
        report.windows().stream()
            .map(window -> new double[] {window.number(), value.applyAsDouble(window)})
            .toList());
    return plot.withoutLegend().chart();
  }
}
