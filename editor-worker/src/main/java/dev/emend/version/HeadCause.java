package dev.emend.version;

/** Why an alias was written. The name travels in {@code ModelHead.cause} and is never renamed. */
public enum HeadCause {
  /** The version that it points to was published. */
  PUBLISHED,
  /** The soak of that version is over and it was found healthy. */
  SOAKED,
  /** Somebody promoted it. */
  PROMOTED,
  /** The version gives back the weights of an earlier one. */
  ROLLED_BACK,
  /** The alias stays: a soak failed. */
  HELD
}
