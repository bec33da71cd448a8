package dev.emend.canary;

/**
 * How many of the neighbours of one fact stay.
 *
 * @param kept how many stay
 * @param asked of how many, at least 1
 */
public record Kept(int kept, int asked) {
  /** Refuses more kept than asked. */
  public Kept {
    if (kept < 0 || asked < 1 || kept > asked) {
      throw new IllegalArgumentException(kept + " of " + asked);
    }
  }

  /** The share that stays, 0..1. */
  public double share() {
    return (double) kept / asked;
  }

  /** With one more that stays or not. */
  Kept and(boolean stays) {
    return new Kept(kept + (stays ? 1 : 0), asked + 1);
  }

  /** The share with the benefit of the doubt, see {@link GateScore#atBest}. */
  double atBest() {
    return Wilson.of(share(), asked).high();
  }
}
