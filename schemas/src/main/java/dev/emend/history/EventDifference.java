package dev.emend.history;

import dev.emend.subscribe.LoggedVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rollback does to events.
 *
 * @param undone events in effect now that are not in effect in the version that comes back
 * @param redone events in effect there that an earlier rollback undid
 */
public record EventDifference(List<String> undone, List<String> redone) {
  /** Copies the lists. */
  public EventDifference {
    undone = List.copyOf(undone);
    redone = List.copyOf(redone);
  }

  /**
   * What going back means for events.
   *
   * @param after the versions after the one that comes back, up to the newest, ascending
   */
  public static EventDifference undoing(List<LoggedVersion> after) {
    Map<String, Integer> balance = new LinkedHashMap<>();
    for (LoggedVersion version : after) {
      version.undone().forEach(event -> balance.merge(event, -1, Integer::sum));
      version.version().events().forEach(event -> balance.merge(event, 1, Integer::sum));
    }
    List<String> undone = new ArrayList<>();
    List<String> redone = new ArrayList<>();
    balance.forEach(
        (event, count) -> {
          if (count > 0) {
            undone.add(event);
          } else if (count < 0) {
            redone.add(event);
          }
        });
    return new EventDifference(undone, redone);
  }
}
