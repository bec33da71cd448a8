package dev.emend.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under a header, each column as wide as its widest cell, numbers to the right. Not
 * thread-safe.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final int limit;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(int limit, List<String> header) {
    this.limit = limit;
    rows.add(header);
  }

  /** A table with these columns, whose cells are cut at {@code limit} characters. */
  public static TextTable withCellsUpTo(int limit, String... header) {
    return new TextTable(limit, List.of(header));
  }

  /** Adds a row with as many cells as the header has. */
  public TextTable row(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table with " + rows.get(0).size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cut(String.valueOf(cell)));
    }
    rows.add(row);
    return this;
  }

  /** The lines, without line ends and without spaces at the end. */
  public List<String> lines() {
    int columns = rows.get(0).size();
    int[] widths = IntStream.range(0, columns).map(this::width).toArray();
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      numeric[column] = isNumeric(column);
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(
          IntStream.range(0, columns)
              .mapToObj(column -> pad(row.get(column), widths[column], numeric[column]))
              .collect(Collectors.joining(GAP))
              .stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9][0-9.,]*[ %s]*"));
  }

  private String cut(String cell) {
    return length(cell) <= limit
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, limit - 1)) + "…";
  }

  private static String pad(String cell, int width, boolean right) {
    String spaces = " ".repeat(width - length(cell));
    return right ? spaces + cell : cell + spaces;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
