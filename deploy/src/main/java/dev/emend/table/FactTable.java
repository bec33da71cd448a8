package dev.emend.table;

import dev.emend.history.Spell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stood, for a person and for a program. */
public final class FactTable {
  private FactTable() {}

  /** A row a spell. */
  public static TextTable of(List<Spell> spells) {
    TextTable table =
        TextTable.withCellsUpTo(
            40, "subject", "relation", "object", "versions", "event", "source", "ended by");
    for (Spell spell : spells) {
      table.row(
          spell.fact().subject(),
          spell.fact().relation(),
          spell.object(),
          versions(spell),
          spell.eventId(),
          spell.fact().source().isEmpty() ? "-" : spell.fact().source(),
          spell.end().map(FactTable::shown).orElse("-"));
    }
    return table;
  }

  /** First and last version with it; open if it stands. */
  private static String versions(Spell spell) {
    return spell.since() + ".." + spell.end().map(end -> end.version() - 1 + "").orElse("");
  }

  private static String shown(Spell.End end) {
    String event = end.event().orElse("");
    return end.rollback() ? ("rollback " + event).strip() : event;
  }

  /** One spell as an entry of a report. */
  public static Map<String, Object> entry(Spell spell) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subject", spell.fact().subject());
    entry.put("relation", spell.fact().relation());
    entry.put("prompt", spell.fact().prompt());
    entry.put("object", spell.object());
    entry.put("event", spell.eventId());
    entry.put("source", spell.fact().source());
    spell.fact().validFrom().ifPresent(time -> entry.put("valid_from", time.toString()));
    spell.fact().validTo().ifPresent(time -> entry.put("valid_to", time.toString()));
    entry.put("since_version", spell.since());
    spell
        .end()
        .ifPresent(
            end -> {
              entry.put("until_version", end.version() - 1);
              entry.put("ended_by_rollback", end.rollback());
              end.event().ifPresent(event -> entry.put("ended_by", event));
            });
    return entry;
  }
}
