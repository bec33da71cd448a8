package dev.emend.wire;

/** Levels of compatibility that a registry can demand of a new schema. */
public enum Compatibility {
  /** Anything goes. */
  NONE,
  /** The new schema reads records of the one before. */
  BACKWARD,
  /** The new schema reads records of all before. */
  BACKWARD_TRANSITIVE,
  /** The schema before reads records of the new one. */
  FORWARD,
  /** All schemas before read records of the new one. */
  FORWARD_TRANSITIVE,
  /** BACKWARD and FORWARD. */
  FULL,
  /** Both transitive levels. */
  FULL_TRANSITIVE
}
