package dev.emend.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.emend.model.Precision;
import dev.emend.weights.Dtype;
import dev.emend.weights.Rounding;
import dev.emend.weights.RoundingLoss;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * In what form an edited model is written.
 *
 * @param precision of all its weights
 * @param seed for rounding the edited weights at random; empty for rounding them to nearest
 */
public record Export(Precision precision, OptionalLong seed) {
  /** Exactly, in fp32. */
  public static final Export EXACT = new Export(Precision.FP32, OptionalLong.empty());

  /** Refuses null. */
  public Export {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(seed, "seed");
  }

  Dtype dtype() {
    return switch (precision) {
      case FP32 -> Dtype.F32;
      case FP16 -> Dtype.F16;
      case BF16 -> Dtype.BF16;
    };
  }

  Rounding rounding() {
    return seed.isPresent() ? Rounding.stochastic(seed.getAsLong()) : Rounding.NEAREST;
  }

  /** What this form did to the edited weights. */
  Outcome outcome(RoundingLoss loss) {
    return new Outcome(
        precision.toString(),
        seed.isPresent() ? "stochastic" : "nearest",
        loss.changed(),
        loss.lost(),
        loss.lostShare(),
        loss.relativeError());
  }

  /**
   * What writing did to the edited weights.
   *
   * @param dtype type that was written
   * @param rounding how
   * @param changed values that the edits changed
   * @param lost changed values that are stored as if they had not changed
   * @param lostShare the latter over the former
   * @param relativeError length of the rounding error over that of the change
   */
  public record Outcome(
      String dtype,
      String rounding,
      long changed,
      long lost,
      @JsonProperty("lost_share") double lostShare,
      @JsonProperty("relative_error") double relativeError) {}
}
