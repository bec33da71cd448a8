package dev.emend.model;

/** Whether an architecture stores a bias beside a weight. */
public enum Presence {
  /** Never; a stored one would be an error. */
  NEVER,
  /** Some models do; it is used where it is found. */
  IF_STORED,
  /** Always; its absence is an error. */
  ALWAYS
}
