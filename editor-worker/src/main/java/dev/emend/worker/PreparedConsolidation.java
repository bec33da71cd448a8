package dev.emend.worker;

import dev.emend.event.CanaryScores;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A consolidation that waits for its transaction. */
final class PreparedConsolidation implements Prepared {
  private final List<Outgoing> records;
  private final Standing parent;
  private final Standing standing;
  private final StagedEdit staged;
  private final CanaryScores scores;
  private final Duration took;

  /**
   * A consolidation.
   *
   * @param parent the version that it was staged on
   * @param standing what stands once the transaction is committed
   * @param scores the re-test of standing facts on the new weights
   * @param took wall time since it began, windows in between included
   */
  PreparedConsolidation(
      List<Outgoing> records,
      Standing parent,
      Standing standing,
      StagedEdit staged,
      CanaryScores scores,
      Duration took) {
    this.records = List.copyOf(records);
    this.parent = Objects.requireNonNull(parent, "parent");
    this.standing = Objects.requireNonNull(standing, "standing");
    this.staged = Objects.requireNonNull(staged, "staged");
    this.scores = Objects.requireNonNull(scores, "scores");
    this.took = Objects.requireNonNull(took, "took");
  }

  @Override
  public List<Outgoing> records() {
    return records;
  }

  Standing parent() {
    return parent;
  }

  @Override
  public Standing standing() {
    return standing;
  }

  CanaryScores scores() {
    return scores;
  }

  Duration took() {
    return took;
  }

  @Override
  public void adopt() {
    staged.commit();
  }

  @Override
  public void close() {
    staged.close();
  }
}
