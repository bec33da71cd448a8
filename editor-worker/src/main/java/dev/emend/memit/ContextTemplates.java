package dev.emend.memit;

import java.util.List;

/**
 * Texts that are put before a prompt, so that a target or key does not hang on the prompt standing
 * alone. Frozen for a model and recorded, since the reference's unseeded ones make no edit
 * repeatable.
 *
 * @param texts each with one <code>{}</code> for the prompt; the first is <code>{}</code> itself
 */
public record ContextTemplates(List<String> texts) {
  /** Where the prompt goes. */
  public static final String PLACE = "{}";

  /** The plain template alone. */
  public static final ContextTemplates PLAIN = new ContextTemplates(List.of(PLACE));

  /** Refuses texts without exactly one place, and a first one that is not plain. */
  public ContextTemplates {
    texts = List.copyOf(texts);
    if (texts.isEmpty() || !texts.get(0).equals(PLACE)) {
      throw new IllegalArgumentException("the first template must be {}");
    }
    for (String text : texts) {
      if (text.indexOf(PLACE) < 0 || text.indexOf(PLACE) != text.lastIndexOf(PLACE)) {
        throw new IllegalArgumentException("a template needs exactly one {}: " + text);
      }
    }
  }

  /** Puts a prompt into a template. */
  static String fill(String template, String prompt) {
    return template.replace(PLACE, prompt);
  }
}
