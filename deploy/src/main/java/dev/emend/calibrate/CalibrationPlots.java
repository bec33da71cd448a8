package dev.emend.calibrate;

import dev.emend.feedback.Calibration;
import dev.emend.plot.PictureFile;
import dev.emend.schedule.learn.Estimate;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.ShareModel;
import dev.emend.schedule.learn.WindowLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.knowm.xchart.XYChart;

/** Draws what was measured, what was fitted, and its interval, over the size of the window. */
public final class CalibrationPlots {
  private static final double MEGABYTE = 1 << 20;
  private static final int POINTS = 60;

  private final Calibration calibration;
  private final Learning fitted;

  /** Plots of a calibration. */
  public CalibrationPlots(Calibration calibration) {
    this.calibration = calibration;
    this.fitted = Learning.from(calibration.learned());
  }

  /** Writes {@code latency.png}, {@code memory.png} and {@code effect.png}; returns their paths. */
  public List<Path> write(Path folder) {
    return List.of(
        PictureFile.write(latency(), folder.resolve("latency.png")),
        PictureFile.write(memory(), folder.resolve("memory.png")),
        PictureFile.write(effect(), folder.resolve("effect.png")));
  }

  private XYChart latency() {
    CalibrationChart chart = new CalibrationChart("Time of a window", "seconds");
    chart.points("measured", 0, points(Observation::seconds));
    chart.fit("a + b facts + c tokens", 0, fit(n -> fitted.latency().seconds(typical(n))));
    return chart.chart();
  }

  private XYChart memory() {
    CalibrationChart chart = new CalibrationChart("Peak memory of the worker", "MiB");
    chart.points("measured", 0, points(window -> window.peakBytes() / MEGABYTE));
    chart.fit("fitted", 0, fit(n -> megabytes(fitted.memory().bytes(typical(n)))));
    return chart.chart();
  }

  private static Estimate megabytes(Estimate bytes) {
    return new Estimate(bytes.mean() / MEGABYTE, bytes.low() / MEGABYTE, bytes.high() / MEGABYTE);
  }

  private XYChart effect() {
    long stock = Math.round(mean(Observation::stock));
    CalibrationChart chart =
        new CalibrationChart("Effect of a window (fit at a stock of " + stock + ")", "share");
    share(chart, "ES", 0, window -> window.effect().efficacy(), fitted.effect().efficacy(), stock);
    share(
        chart,
        "PS",
        1,
        window -> window.effect().paraphrase(),
        fitted.effect().paraphrase(),
        stock);
    share(chart, "NS", 2, window -> window.effect().locality(), fitted.effect().locality(), stock);
    return chart.chart();
  }

  private void share(
      CalibrationChart chart,
      String name,
      int colour,
      Function<Observation, Share> of,
      ShareModel model,
      long stock) {
    List<double[]> measured = new ArrayList<>();
    for (Observation window : calibration.windows()) {
      if (of.apply(window).known()) {
        measured.add(new double[] {window.load().facts(), of.apply(window).value()});
      }
    }
    if (!measured.isEmpty()) {
      chart.points(name, colour, measured);
      chart.fit(name + " fitted", colour, fit(n -> model.share(n, stock)));
    }
  }

  private List<double[]> points(Function<Observation, Double> value) {
    List<double[]> points = new ArrayList<>();
    calibration.windows().forEach(w -> points.add(new double[] {w.load().facts(), value.apply(w)}));
    return points;
  }

  /** Rows of size, mean, low, high. */
  private List<double[]> fit(IntFunction<Estimate> model) {
    int most = calibration.windows().stream().mapToInt(w -> w.load().facts()).max().orElse(1);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      int facts = 1 + (int) Math.round((most - 1.0) * i / (POINTS - 1));
      Estimate at = model.apply(facts);
      rows.add(new double[] {facts, at.mean(), at.low(), at.high()});
    }
    return rows;
  }

  private WindowLoad typical(int facts) {
    double tokens = mean(w -> w.load().tokens() / Math.max(1, w.load().facts()));
    return new WindowLoad(facts, tokens * facts, mean(w -> w.load().longest()));
  }

  private double mean(Function<Observation, Number> value) {
    return calibration.windows().stream()
        .mapToDouble(window -> value.apply(window).doubleValue())
        .average()
        .orElse(0);
  }
}
