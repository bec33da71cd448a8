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

  private static final long SEED = 20_261_123L;

  /** Part of every build: 2,000 records and 8 kills. */
  static ChaosSettings shortRun() {
    return new ChaosSettings(
        chosenSeed(), 2_000, 40, 2, 150, 8, 1, 2, 0.04, true, Duration.ofMinutes(4));
  }

  /** Short, without kills from outside; ends with the first event that is forgotten. */
  static ChaosSettings withoutTransactions() {
    return new ChaosSettings(
        chosenSeed(), 150, 40, 2, 60, 0, 0, 1, 0.4, false, Duration.ofMinutes(4));
  }

  /** As {@code -Dchaos.NAME=} says; a hundred thousand records and sixty kills by default. */
  static ChaosSettings longRun() {
    return new ChaosSettings(
        chosenSeed(),
        Integer.getInteger("chaos.events", 100_000),
        Integer.getInteger("chaos.rate", 150),
        Integer.getInteger("chaos.models", 3),
        Integer.getInteger("chaos.subjects", 1_500),
        Integer.getInteger("chaos.kills", 60),
        Integer.getInteger("chaos.pauses", 6),
        Integer.getInteger("chaos.workers", 2),
        Double.parseDouble(System.getProperty("chaos.doom", "0.01")),
        true,
        Duration.ofMinutes(Integer.getInteger("chaos.patience.minutes", 10)));
  }

  /** Nothing is killed; for measurements under load. */
  static ChaosSettings calmRun(int events, int rate) {
    return new ChaosSettings(
        chosenSeed(), events, rate, 2, 500, 0, 0, 1, 0, true, Duration.ofMinutes(10));
  }

  private static long chosenSeed() {
    return Long.getLong("chaos.seed", SEED);
  }

  List<String> modelNames() {
    return IntStream.range(0, models).mapToObj(i -> "tiny-" + (char) ('a' + i)).toList();
  }

  /** The same without kills, pauses and cut-off commits. */
  ChaosSettings calm() {
    return new ChaosSettings(
        seed, events, rate, models, subjects, 0, 0, workers, 0, transactions, patience);
  }
}
