package dev.emend.table;

import java.util.List;
import java.util.Optional;

/** Numbers as one line of little columns. */
public final class Sparkline {
  private static final String COLUMNS = "▁▂▃▄▅▆▇█";
  private static final char NOTHING = '·';

  private Sparkline() {}

  /** A column a share of 0..1, from empty to full; a dot where there is none. */
  public static String of(List<Optional<Double>> shares) {
    StringBuilder line = new StringBuilder();
    shares.forEach(share -> line.append(share.map(Sparkline::column).orElse(NOTHING)));
    return line.toString();
  }

  private static char column(double share) {
    int top = COLUMNS.length() - 1;
    return COLUMNS.charAt((int) Math.max(0, Math.min(top, Math.round(share * top))));
  }
}
