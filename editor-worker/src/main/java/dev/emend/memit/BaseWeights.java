package dev.emend.memit;

import dev.emend.model.DownProjection;
import dev.emend.weights.ModelFolder;

/**
 * The weights that no fact was ever written into, from which consolidation starts. Read anew each
 * time, so that they take no memory meanwhile.
 */
@FunctionalInterface
public interface BaseWeights {
  /** Values of a down-projection in stored order; the caller's own copy. */
  float[] values(DownProjection projection);

  /** Those of a folder that was never edited. */
  static BaseWeights of(ModelFolder folder) {
    return projection -> folder.floats(projection.name());
  }
}
