package dev.emend.redrive;

import java.util.Map;

/**
 * What a redrive did.
 *
 * @param found dead letters, each record counted once however often it came back
 * @param sent letters sent back, by the reason for which they had been refused
 * @param hopeless letters that were wanted but have come back too often
 */
public record RedriveResult(int found, Map<String, Integer> sent, int hopeless) {
  /** Copies the map. */
  public RedriveResult {
    sent = Map.copyOf(sent);
  }

  /** Letters sent back. */
  public int total() {
    return sent.values().stream().mapToInt(Integer::intValue).sum();
  }
}
