package dev.emend.retain;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A version in the log, as far as keeping it is concerned.
 *
 * @param number its number
 * @param createdAt when it was made
 * @param payloadBytes bytes of its payloads
 * @param blobs payloads that lie in a blob store, by name
 */
public record KeptVersion(long number, Instant createdAt, long payloadBytes, Set<String> blobs) {
  /** Copies the set. */
  public KeptVersion {
    Objects.requireNonNull(createdAt, "createdAt");
    blobs = Set.copyOf(blobs);
  }
}
