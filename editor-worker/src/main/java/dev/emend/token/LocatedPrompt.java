package dev.emend.token;

/**
 * A tokenised prompt and where its subject ends.
 *
 * @param ids of the whole prompt
 * @param lastSubjectToken position of the last token that stands for part of the subject
 */
public record LocatedPrompt(TokenIds ids, int lastSubjectToken) {
  /** Checks the position. */
  public LocatedPrompt {
    if (lastSubjectToken < 0 || lastSubjectToken >= ids.length()) {
      throw new IllegalArgumentException(lastSubjectToken + " of " + ids.length());
    }
  }
}
