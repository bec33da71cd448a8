package dev.emend.cli;

import dev.emend.evaluate.ComparisonReport;
import dev.emend.evaluate.Scores;
import dev.emend.evaluate.Spread;
import dev.emend.table.TextTable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison of methods as lines of text. */
final class ComparisonTable {
  private static final int WIDEST = 24;

  private ComparisonTable() {}

  /** A line for each method and number of edits; of several subsets also how far they lie apart. */
  static List<String> of(ComparisonReport report) {
    TextTable table =
        TextTable.withCellsUpTo(
            WIDEST, "method", "edits", "S", "ES", "PS", "NS", "top-1", "free", "s/edit");
    row(table, "before", 0, report.before(), null, "-");
    for (ComparisonReport.Row row : report.rows()) {
      String seconds = String.format(Locale.ROOT, "%.3f", row.secondsPerEdit());
      row(table, row.method(), row.edits(), row.scores(), row.spread(), seconds);
    }
    return table.lines();
  }

  private static void row(
      TextTable table,
      String method,
      int edits,
      Scores scores,
      @Nullable Spread spread,
      String seconds) {
    table.row(
        method,
        edits,
        Percent.of(scores.s(), spread == null ? null : spread.s()),
        Percent.of(scores.es(), spread == null ? null : spread.es()),
        Percent.of(scores.ps(), spread == null ? null : spread.ps()),
        Percent.of(scores.ns(), spread == null ? null : spread.ns()),
        Percent.of(scores.rewriteTop1()),
        Percent.of(scores.generationExact()),
        seconds);
  }
}
