package dev.emend.memit;

/**
 * How far the stored inverses of a key memory can be trusted, taken over its layers.
 *
 * @param reciprocalCondition smallest reciprocal condition number of an {@code A}, when last
 *     factored
 * @param error largest estimated relative error of an inverse, see {@link
 *     dev.emend.linalg.GramInverse#errorEstimate()}
 * @param factorings how often the layer that was factored anew most often was
 */
public record MemoryHealth(double reciprocalCondition, double error, int factorings) {
  static MemoryHealth of(LayerMemory layer) {
    return new MemoryHealth(
        layer.reciprocalCondition(), layer.inverse().errorEstimate(), layer.factorings());
  }

  /** The worse of both, number by number. */
  MemoryHealth worse(MemoryHealth other) {
    return new MemoryHealth(
        Math.min(reciprocalCondition, other.reciprocalCondition),
        Math.max(error, other.error),
        Math.max(factorings, other.factorings));
  }
}
