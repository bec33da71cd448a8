package dev.emend.timeline;

import dev.emend.fault.Fault;
import java.util.Map;

/**
 * What a replay did.
 *
 * @param points change points of the source in the range
 * @param resumed those that an earlier run had published
 * @param published those that this run published
 * @param refused those that break a rule and were not sent, fault by event id
 */
public record SyncReport(int points, int resumed, int published, Map<String, Fault> refused) {
  /** Copies the map. */
  public SyncReport {
    refused = Map.copyOf(refused);
  }
}
