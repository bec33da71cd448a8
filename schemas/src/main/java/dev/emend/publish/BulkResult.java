package dev.emend.publish;

import dev.emend.fault.Fault;
import java.util.List;
import java.util.Map;

/**
 * What became of many changes. One bad change does not stop the others.
 *
 * @param published acknowledged changes, in the order given
 * @param failed fault by event id
 */
public record BulkResult(List<Published> published, Map<String, Fault> failed) {
  /** Copies both. */
  public BulkResult {
    published = List.copyOf(published);
    failed = Map.copyOf(failed);
  }
}
