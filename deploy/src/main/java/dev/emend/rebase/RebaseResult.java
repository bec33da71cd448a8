package dev.emend.rebase;

import dev.emend.delta.ModelVersion;
import dev.emend.event.OutcomeCode;
import dev.emend.outcome.Outcomes;
import java.util.Objects;

/**
 * What became of a rebase.
 *
 * @param from version of the old model whose facts were told
 * @param facts how many those are
 * @param outcomes what became of them, in this run or an earlier one
 * @param version where the new line stands now
 */
public record RebaseResult(long from, int facts, Outcomes outcomes, ModelVersion version) {
  /** Refuses null. */
  public RebaseResult {
    Objects.requireNonNull(outcomes, "outcomes");
    Objects.requireNonNull(version, "version");
  }

  /** How many facts the new model does not take. */
  public int rejected() {
    return outcomes.with(OutcomeCode.REJECTED).size();
  }
}
