package dev.emend.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stage on which weights may be replaced: what was there before comes back at {@link #close},
 * also after a throw, unless {@link #commit} was called. Not thread-safe; one stage at a time.
 */
public final class StagedWeights implements AutoCloseable {
  private final Map<DownProjection, float[]> originals = new LinkedHashMap<>();

  private StagedWeights(Iterable<DownProjection> projections) {
    projections.forEach(projection -> originals.put(projection, projection.values()));
  }

  /** Remembers the values of these weights. */
  public static StagedWeights of(Iterable<DownProjection> projections) {
    return new StagedWeights(projections);
  }

  /** Remembers the down-projections of these layers. */
  public static StagedWeights of(Decoder decoder, Iterable<Integer> layers) {
    List<DownProjection> projections = new ArrayList<>();
    layers.forEach(layer -> projections.add(decoder.downProjection(layer)));
    return new StagedWeights(projections);
  }

  /** The values from before the stage, in stored order. */
  public float[] original(DownProjection projection) {
    return remembered(projection).clone();
  }

  /** Replaces the values of a weight that is on this stage. */
  public void replace(DownProjection projection, float[] values) {
    remembered(projection);
    projection.replace(values);
  }

  /** Keeps what was replaced. */
  public void commit() {
    originals.clear();
  }

  private float[] remembered(DownProjection projection) {
    float[] values = originals.get(projection);
    if (values == null) {
      throw new IllegalArgumentException(projection.name() + " is not on this stage");
    }
    return values;
  }

  @Override
  public void close() {
    originals.forEach(DownProjection::replace);
    originals.clear();
  }
}
