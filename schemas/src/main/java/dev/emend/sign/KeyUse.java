package dev.emend.sign;

/** What the signatures of a key are believed for. */
public enum KeyUse {
  /** For versions: deltas, and folders of weights that carry the signature of theirs. */
  VERSIONS,
  /** For positions of aliases. */
  HEADS
}
