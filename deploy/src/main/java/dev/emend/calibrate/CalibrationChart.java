package dev.emend.calibrate;

import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart over the size of the window: points, a line, and the dashed ends of its interval. */
final class CalibrationChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1F, 0x5F, 0xA8), new Color(0xC8, 0x5A, 0x17), new Color(0x2E, 0x7D, 0x46));

  private final XYChart chart;

  CalibrationChart(String title, String unit) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("facts in the window")
            .yAxisTitle(unit)
            .theme(Styler.ChartTheme.Matlab)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
  }

  XYChart chart() {
    return chart;
  }

  /** Rows of x and y. */
  void points(String name, int colour, List<double[]> rows) {
    XYSeries series = chart.addSeries(name, column(rows, 0), column(rows, 1));
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(COLOURS.get(colour));
  }

  /** Rows of x, mean, low and high. */
  void fit(String name, int colour, List<double[]> rows) {
    line(name, colour, rows, 1).setLineStyle(SeriesLines.SOLID);
    XYSeries low = line(name + ", low end", colour, rows, 2);
    low.setLineStyle(SeriesLines.DASH_DASH);
    low.setShowInLegend(false);
    XYSeries high = line(name + ", high end", colour, rows, 3);
    high.setLineStyle(SeriesLines.DASH_DASH);
    high.setShowInLegend(false);
  }

  private XYSeries line(String name, int colour, List<double[]> rows, int column) {
    XYSeries series = chart.addSeries(name, column(rows, 0), column(rows, column));
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(COLOURS.get(colour));
    return series;
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }
}
