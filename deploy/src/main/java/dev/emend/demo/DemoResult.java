package dev.emend.demo;

import dev.emend.outcome.Outcomes;
import dev.emend.subscribe.LoggedVersion;
import java.util.List;

/**
 * What the demonstration measured.
 *
 * @param events number of published events
 * @param outcomes what became of them
 * @param versions versions that came out
 * @param standing the changed facts that hold in the end, with their new answers
 * @param before what the base model says
 * @param after what the subscriber's model says
 * @param probes untouched facts, with their answers
 * @param latencies from publishing an event to serving it
 * @param digestEqual whether the subscriber's weights are the worker's, bit for bit
 * @param seconds duration of the whole demonstration
 */
public record DemoResult(
    int events,
    Outcomes outcomes,
    List<LoggedVersion> versions,
    List<Question> standing,
    Interview before,
    Interview after,
    List<Question> probes,
    Latencies latencies,
    boolean digestEqual,
    double seconds) {
  private static final double WANTED_APPLIED = 0.9;
  private static final double TOLERATED_CHANGES = 0.05;

  /** Copies the lists. */
  public DemoResult {
    versions = List.copyOf(versions);
    standing = List.copyOf(standing);
    probes = List.copyOf(probes);
  }

  /** The newest version; 0 if none came out. */
  public long head() {
    return versions.stream().mapToLong(logged -> logged.version().number()).max().orElse(0);
  }

  /** How many of the facts that hold are the model's top answer. */
  public long learned() {
    return standing.stream().filter(question -> after.reply(question).top()).count();
  }

  /** How many untouched facts got another answer. */
  public long disturbed() {
    return after.differences(before, probes);
  }

  /** Whether all that the demonstration promises is so. */
  public boolean holds() {
    return !standing.isEmpty()
        && learned() >= WANTED_APPLIED * standing.size()
        && disturbed() <= TOLERATED_CHANGES * probes.size()
        && digestEqual;
  }
}
