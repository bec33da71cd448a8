package dev.emend.worker;

import dev.emend.event.CanaryScores;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of a soak, to be committed: {@code live} goes on, or it is held. The weights stay as they
 * are.
 *
 * @param records heads, and the alarm if it is held
 * @param standing the same version with aliases that point elsewhere
 * @param scores what was measured
 * @param held why {@code live} stays; empty if it goes on
 */
record PreparedMove(
    List<Outgoing> records, Standing standing, CanaryScores scores, Optional<String> held)
    implements Prepared {
  PreparedMove {
    records = List.copyOf(records);
    Objects.requireNonNull(standing, "standing");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(held, "held");
  }

  @Override
  public void adopt() {
    // The weights are the live ones already.
  }

  @Override
  public void close() {
    // There is nothing to restore.
  }
}
