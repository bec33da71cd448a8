package dev.emend.train;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads tables of tab-separated text with a header line. Nothing is quoted. */
final class TabSeparated {
  /** A row with the number of its line, from 1. */
  record Row(long line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    String cell(int column) {
      return cells.get(column);
    }
  }

  private TabSeparated() {}

  /** The rows below the header, which must consist of exactly {@code columns}. */
  static List<Row> read(Path file, String... columns) {
    List<String> lines = lines(file);
    if (lines.isEmpty() || !List.of(lines.get(0).split("\t", -1)).equals(List.of(columns))) {
      throw fault(file, 1, "expected the header " + String.join(", ", columns));
    }
    List<Row> rows = new ArrayList<>(lines.size());
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = List.of(lines.get(i).split("\t", -1));
      if (cells.size() != columns.length || cells.stream().anyMatch(String::isBlank)) {
        throw fault(file, i + 1L, "expected " + columns.length + " filled columns");
      }
      rows.add(new Row(i + 1L, cells));
    }
    return rows;
  }

  /** A fault that names the place in the file. */
  static Fault fault(Path file, long line, String what) {
    return new Fault(FaultCode.FACT_INVALID, file + " line " + line + ": " + what);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read " + file + " as UTF-8 text", e);
    }
  }
}
