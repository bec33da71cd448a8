package dev.emend.sink;

/**
 * How closely an adapter follows the edited weights.
 *
 * @param most largest rank, at least 1; servers have a limit of their own (vLLM's {@code
 *     --max-lora-rank})
 * @param error the rank is the smallest whose error is at most this share of the difference's
 *     Frobenius norm; 0 takes all that {@code most} allows
 */
public record AdapterRank(int most, double error) {
  /** Refuses a rank below one and an error outside 0..1. */
  public AdapterRank {
    if (most < 1 || !(error >= 0 && error < 1)) {
      throw new IllegalArgumentException("no adapter of rank " + most + " with error " + error);
    }
  }
}
