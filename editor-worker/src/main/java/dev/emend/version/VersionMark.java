package dev.emend.version;

import dev.emend.delta.ModelVersion;
import java.time.Instant;
import java.util.Objects;

/**
 * A version in the chain, as far as aliases are concerned.
 *
 * @param version its identity
 * @param publishedAt when it was published: the beginning of its soak
 */
public record VersionMark(ModelVersion version, Instant publishedAt) {
  /** Refuses null. */
  public VersionMark {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(publishedAt, "publishedAt");
  }

  /** Its number. */
  public long number() {
    return version.version();
  }
}
