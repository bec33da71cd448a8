package dev.emend.plot;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One panel: lines of values over counts, each in its colour. Not thread-safe. */
final class LinePlot {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1F, 0x5F, 0xA8),
          new Color(0xC8, 0x5A, 0x17),
          new Color(0x2E, 0x7D, 0x46),
          new Color(0x8E, 0x44, 0xAD),
          new Color(0x60, 0x60, 0x60));

  private final XYChart chart;
  private int lines;

  LinePlot(String title, String across, String up) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .theme(ChartTheme.Matlab)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setLocale(Locale.ROOT);
  }

  /** Powers of ten at equal distances along the counts. */
  LinePlot acrossDecades() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /** Powers of ten at equal distances along the values. */
  LinePlot upDecades() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /** The whole range of a score. */
  LinePlot upToHundred() {
    chart.getStyler().setYAxisMax(100.0);
    return fromZero();
  }

  /** Values from zero on. */
  LinePlot fromZero() {
    chart.getStyler().setYAxisMin(0.0);
    return this;
  }

  /** For a panel whose title says it all. */
  LinePlot withoutLegend() {
    chart.getStyler().setLegendVisible(false);
    return this;
  }

  /** A line through rows of x and y, its points marked; nothing without rows. */
  void line(String name, List<double[]> rows) {
    add(name, rows).setMarker(SeriesMarkers.CIRCLE);
  }

  /** The points alone: for many of them. */
  void points(String name, List<double[]> rows) {
    XYSeries series = add(name, rows);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
  }

  private XYSeries add(String name, List<double[]> rows) {
    double[] x = rows.stream().mapToDouble(row -> row[0]).toArray();
    double[] y = rows.stream().mapToDouble(row -> row[1]).toArray();
    Color colour = COLOURS.get(lines++ % COLOURS.size());
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(colour);
    series.setMarkerColor(colour);
    return series;
  }

  XYChart chart() {
    return chart;
  }
}
