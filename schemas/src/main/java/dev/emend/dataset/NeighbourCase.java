package dev.emend.dataset;

import java.util.Objects;

/**
 * A prompt whose answer an edit must leave alone.
 *
 * @param prompt complete prompt
 * @param expected answer that must stay, without a leading space
 */
public record NeighbourCase(String prompt, String expected) {
  /** Refuses null. */
  public NeighbourCase {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(expected, "expected");
  }
}
