package dev.emend.version;

import java.time.Instant;
import java.util.Objects;

/**
 * Why {@code live} does not go on.
 *
 * @param reason one line for a person
 * @param since when that was found; soaks begin anew then
 */
public record Hold(String reason, Instant since) {
  /** Refuses null. */
  public Hold {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(since, "since");
  }
}
