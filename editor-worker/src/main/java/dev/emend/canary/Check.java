package dev.emend.canary;

import java.util.Objects;

/**
 * One thing to find out about a fact of the window.
 *
 * @param factId the fact
 * @param claim what to ask
 * @param wanted true if the model shall say so; false if it shall not, as after a retraction
 */
public record Check(String factId, Claim claim, boolean wanted) {
  /** Refuses null. */
  public Check {
    Objects.requireNonNull(factId, "factId");
    Objects.requireNonNull(claim, "claim");
  }

  boolean metBy(Answer answer) {
    return answer.asClaimed() == wanted;
  }
}
