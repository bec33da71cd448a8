package dev.emend.worker;

/**
 * How much text a window was.
 *
 * @param total tokens of all prompts with their objects
 * @param longest tokens of the longest of them
 */
public record PromptTokens(long total, int longest) {
  /** Refuses negative numbers. */
  public PromptTokens {
    if (total < 0 || longest < 0) {
      throw new IllegalArgumentException("no text has fewer than 0 tokens");
    }
  }
}
