package dev.emend.canary;

import java.util.Objects;

/**
 * What a model said.
 *
 * @param text greedy continuation, as many tokens as the claimed text has
 * @param asClaimed whether each of these tokens is the claimed one
 */
public record Answer(String text, boolean asClaimed) {
  /** Refuses null. */
  public Answer {
    Objects.requireNonNull(text, "text");
  }
}
