package dev.emend.canary;

import java.util.Objects;

/**
 * What a model may be found to say.
 *
 * @param prompt complete prompt, no placeholder
 * @param text the continuation, without a leading space; not blank
 */
public record Claim(String prompt, String text) {
  /** Refuses a blank text: it could not be told from an empty answer. */
  public Claim {
    Objects.requireNonNull(prompt, "prompt");
    if (text.isBlank()) {
      throw new IllegalArgumentException("a claim needs a text");
    }
  }
}
