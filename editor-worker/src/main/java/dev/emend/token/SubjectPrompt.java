package dev.emend.token;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;

/**
 * A prompt with its subject filled in, and where the subject stands.
 *
 * @param text the whole prompt
 * @param subject its stretch in code points
 */
public record SubjectPrompt(String text, Span subject) {
  /** What a template has in place of the subject. */
  public static final String PLACEHOLDER = "{}";

  /** Fills {@code subject} into a template that holds exactly one <code>{}</code>. */
  public static SubjectPrompt fill(String template, String subject) {
    int at = template.indexOf(PLACEHOLDER);
    if (at < 0 || template.indexOf(PLACEHOLDER, at + 1) >= 0) {
      throw new Fault(
          FaultCode.SUBJECT_NOT_IN_PROMPT,
          "the prompt \"" + template + "\" must hold {} once, where the subject goes");
    }
    if (subject.isBlank()) {
      throw new Fault(FaultCode.FACT_INVALID, "the subject is empty");
    }
    String before = template.substring(0, at);
    int start = codePoints(before);
    String text = before + subject + template.substring(at + PLACEHOLDER.length());
    return new SubjectPrompt(text, new Span(start, start + codePoints(subject)));
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
