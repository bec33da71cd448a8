package dev.emend.schedule.learn;

/** The phases of an edit whose time is learned one by one. */
public enum Phase {
  /** Optimising the target values. */
  TARGETS,
  /** Reading keys and residuals. */
  KEYS,
  /** The closed-form solve. */
  SOLVE,
  /** Writing weights and their digests. */
  APPLY,
  /** Judging the staged weights. */
  JUDGE
}
