package dev.emend.delta;

import dev.emend.weights.Digest32;
import java.util.Objects;

/**
 * The identity of one version of a model.
 *
 * @param version 0 for the base model
 * @param digest model digest of its weights
 * @param chainHash hash over the whole way from the base model
 */
public record ModelVersion(long version, Digest32 digest, Digest32 chainHash) {
  /** Refuses negative versions and null. */
  public ModelVersion {
    if (version < 0) {
      throw new IllegalArgumentException("no version " + version);
    }
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(chainHash, "chainHash");
  }

  /** The identity of a base model. */
  public static ModelVersion ofBase(Digest32 digest) {
    return new ModelVersion(0, digest, ChainHash.ofBase(digest));
  }
}
