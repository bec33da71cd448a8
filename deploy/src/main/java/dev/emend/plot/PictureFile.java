package dev.emend.plot;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;

/** Writes charts as one PNG file. */
public final class PictureFile {
  private PictureFile() {}

  /** Writes a chart; returns the file. */
  public static Path write(XYChart chart, Path file) {
    return write(List.of(chart), 1, file);
  }

  /**
   * Writes charts of one size side by side, row after row; returns the file.
   *
   * @param columns charts in a row
   * @throws Fault FILE_NOT_WRITABLE if it cannot be written
   */
  public static Path write(List<XYChart> charts, int columns, Path file) {
    int rows = (charts.size() + columns - 1) / columns;
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(charts, rows, columns, out, BitmapFormat.PNG);
      return file;
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file + ": " + e, e);
    }
  }
}
