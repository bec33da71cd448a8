package dev.emend.itests.chaos;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run is.
 *
 * @param seed everything drawn follows from it
 * @param events records that are published
 * @param rate records a second
 * @param models how many
 * @param subjects facts a model
 * @param kills processes that are killed
 * @param pauses processes that are stopped for longer than they keep their place
 * @param workers worker processes
 * @param doom share of the workers' commits that are not survived
 * @param transactions false for the run that must fail
 * @param patience longest wait for the outcomes after the last record
 */
record ChaosSettings(
    long seed,
    int events,
    int rate,
    int models,
    int subjects,
    int kills,
    int pauses,
    int workers,
    double doom,
    boolean transactions,
    Duration patience) {

  List<String> modelNames() {
    return IntStream.range(0, models).mapToObj(i -> "tiny-" + (char) ('a' + i)).toList();
  }

  /** The same without kills, pauses and cut-off commits. */
  ChaosSettings calm() {
    return new ChaosSettings(
        seed, events, rate, models, subjects, 0, 0, workers, 0, transactions, patience);
  }
}
