package dev.emend.table;

import dev.emend.subscribe.LoggedVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The versions of a model, for a person and for a program. */
public final class VersionTable {
  private static final int SHOWN_DIGITS = 16;

  private VersionTable() {}

  /** A row a version. */
  public static TextTable of(List<LoggedVersion> versions) {
    TextTable table =
        TextTable.withCellsUpTo(
            40, "version", "kind", "facts", "seconds", "kB", "created", "digest");
    for (LoggedVersion logged : versions) {
      table.row(
          logged.version().number(),
          logged.version().kind(),
          logged.version().facts().size(),
          String.format(Locale.ROOT, "%.2f", logged.seconds().getTotal()),
          logged.payloadBytes() / 1024,
          logged.version().createdAt(),
          digest(logged).substring(0, SHOWN_DIGITS));
    }
    return table;
  }

  /** One version as an entry of a report. */
  public static Map<String, Object> entry(LoggedVersion logged) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("version", logged.version().number());
    entry.put("kind", logged.version().kind());
    entry.put("facts", logged.version().facts());
    entry.put("events", logged.version().events());
    entry.put("seconds", logged.seconds().getTotal());
    entry.put("payload_bytes", logged.payloadBytes());
    entry.put("created_at", logged.version().createdAt().toString());
    entry.put("digest", digest(logged));
    return entry;
  }

  private static String digest(LoggedVersion logged) {
    return logged.version().version().digest().hex();
  }
}
