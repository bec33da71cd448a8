package dev.emend.itests.chaos.check;

/**
 * Something that must not be.
 *
 * @param kind what it is
 * @param text one line for a person
 */
public record Finding(Kind kind, String text) {
  /** What may be wrong. */
  public enum Kind {
    /** Something acknowledged is not there. */
    LOST,
    /** Something is there twice. */
    DOUBLED,
    /** An outcome that the event cannot have, or of an event that nobody published. */
    WRONG_OUTCOME,
    /** A version is missing. */
    GAP,
    /** A version is there twice, or follows another one than the one before it. */
    FORK,
    /** A digest or chain hash does not continue the chain. */
    WRONG_DIGEST,
    /** The facts that stand are not those that were said. */
    WRONG_FACTS,
    /** Copies of one version differ. */
    WRONG_BYTES
  }

  @Override
  public String toString() {
    return kind + ": " + text;
  }
}
