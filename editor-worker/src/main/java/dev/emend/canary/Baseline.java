package dev.emend.canary;

import java.util.Map;
import java.util.Objects;

/**
 * What the parent version says and reads: the measure of what an edit changes.
 *
 * @param answers by claim
 * @param text its reading of the drift text
 */
public record Baseline(Map<Claim, Answer> answers, TextReading text) {
  /** Nothing was asked. */
  public static final Baseline NONE = new Baseline(Map.of(), TextReading.NONE);

  /** Copies the map. */
  public Baseline {
    answers = Map.copyOf(answers);
    Objects.requireNonNull(text, "text");
  }
}
