package dev.emend.table;

import dev.emend.event.AuditEntry;
import dev.emend.event.AuditKind;
import dev.emend.event.VersionFact;
import dev.emend.event.WorkerOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who caused what, for a person and for a program. */
public final class AuditTable {
  private static final String NONE = "-";

  private AuditTable() {}

  /** A row for each fact, order and move of an alias; one for a version without facts. */
  public static TextTable of(List<AuditEntry> entries) {
    TextTable table =
        TextTable.withCellsUpTo(40, "version", "at", "what", "by", "event or order", "said");
    for (AuditEntry entry : entries) {
      if (entry.getFacts().isEmpty()) {
        row(table, entry, by(entry), shown(entry.getBatchId()), said(entry));
      }
      for (VersionFact fact : entry.getFacts()) {
        row(table, entry, shown(fact.getSource()), shown(fact.getEventId()), said(fact));
      }
    }
    return table;
  }

  private static void row(TextTable table, AuditEntry entry, String by, String cause, String said) {
    table.row(
        Long.toString(entry.getVersion()),
        entry.getRecordedAt().toString(),
        what(entry),
        by,
        cause,
        said);
  }

  private static String what(AuditEntry entry) {
    WorkerOrder order = entry.getOrder();
    return (order == null ? entry.getKind() : order.getKind()).name().toLowerCase(Locale.ROOT);
  }

  private static String by(AuditEntry entry) {
    return entry.getOrder() == null ? NONE : shown(entry.getOrder().getOrderedBy());
  }

  private static String said(AuditEntry entry) {
    String detail = entry.getDetail() == null ? "" : entry.getDetail();
    if (entry.getOrder() != null) {
      String to = entry.getOrder().getVersion() == null ? "newest" : "" + order(entry).getVersion();
      return detail.isEmpty() ? "to " + to : "to " + to + ", refused: " + detail;
    }
    if (entry.getKind() == AuditKind.ALIAS) {
      return entry.getAlias() + " " + detail;
    }
    int undone = entry.getUndoneEventIds().size();
    return undone == 0 ? NONE : undone + " events undone";
  }

  private static WorkerOrder order(AuditEntry entry) {
    return Objects.requireNonNull(entry.getOrder(), "order");
  }

  private static String said(VersionFact fact) {
    String object = fact.getObject() == null ? "(retracted)" : fact.getObject();
    return fact.getSubject() + " | " + fact.getRelation() + " | " + object;
  }

  private static String shown(@Nullable String text) {
    return text == null || text.isEmpty() ? NONE : text;
  }

  /** An entry as a report has it. */
  public static Map<String, Object> entry(AuditEntry entry) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("version", entry.getVersion());
    content.put("kind", entry.getKind().name());
    content.put("at", entry.getRecordedAt().toString());
    content.put("batch", entry.getBatchId());
    content.put("facts", entry.getFacts().stream().map(AuditTable::entry).toList());
    content.put("undone_events", entry.getUndoneEventIds());
    if (entry.getOrder() != null) {
      content.put("order", order(entry).getKind().name());
      content.put("order_version", order(entry).getVersion());
      content.put("ordered_by", order(entry).getOrderedBy());
    }
    content.put("alias", entry.getAlias());
    content.put("detail", entry.getDetail());
    if (entry.getChainHash() != null) {
      byte[] hash = new byte[entry.getChainHash().remaining()];
      entry.getChainHash().duplicate().get(hash);
      content.put("chain_hash", HexFormat.of().formatHex(hash));
    }
    content.values().removeIf(Objects::isNull);
    return content;
  }

  private static Map<String, Object> entry(VersionFact fact) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("event", fact.getEventId());
    content.put("source", fact.getSource());
    content.put("subject", fact.getSubject());
    content.put("relation", fact.getRelation());
    content.put("prompt", fact.getPrompt());
    content.put("object", fact.getObject());
    return content;
  }
}
