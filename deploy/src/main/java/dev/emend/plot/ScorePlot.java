package dev.emend.plot;

import dev.emend.evaluate.ComparisonReport;
import dev.emend.evaluate.ComparisonReport.Row;
import dev.emend.evaluate.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;

/** Draws a comparison of methods: each score over the number of edits, a line a method. */
public final class ScorePlot {
  private static final int COLUMNS = 2;
  private static final String ACROSS = "edits";
  private static final String UP = "percent";

  private ScorePlot() {}

  /** Writes S, ES, PS and NS as four panels of one picture; returns its path. */
  public static Path write(ComparisonReport report, Path file) {
    return PictureFile.write(
        List.of(
            panel(report, "S, harmonic mean", Scores::s),
            panel(report, "ES, the edited prompts", Scores::es),
            panel(report, "PS, paraphrases of them", Scores::ps),
            panel(report, "NS, neighbours left alone", Scores::ns)),
        COLUMNS,
        file);
  }

  private static XYChart panel(
      ComparisonReport report, String title, Function<Scores, @Nullable Double> score) {
    LinePlot plot = new LinePlot(title, ACROSS, UP).acrossDecades().upToHundred();
    Map<String, List<double[]>> lines = new LinkedHashMap<>();
    for (Row row : report.rows()) {
      Double value = score.apply(row.scores());
      if (value != null) {
        lines
            .computeIfAbsent(row.method(), method -> new ArrayList<>())
            .add(new double[] {row.edits(), value});
      }
    }
    lines.forEach(plot::line);
    return plot.chart();
  }
}
