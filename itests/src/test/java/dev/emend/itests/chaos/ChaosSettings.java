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
 * @param workers worker processes
 * @param transactions false for the run that must fail
 * @param patience longest wait for the outcomes after the last record
 * @param trouble what is done to it
 */
record ChaosSettings(
    long seed,
    int events,
    int rate,
    int models,
    int subjects,
    int workers,
    boolean transactions,
    Duration patience,
    ChaosTrouble trouble) {

  private static final long SEED = 20_261_123L;

  /** Part of every build: 2,000 records, 8 kills, and one each of registry and broker away. */
  static ChaosSettings shortRun() {
    ChaosTrouble trouble =
        new ChaosTrouble(8, 1, 2, Duration.ofSeconds(10), 0.04, Duration.ofMillis(1));
    return new ChaosSettings(
        chosenSeed(), 2_000, 40, 2, 150, 2, true, Duration.ofMinutes(4), trouble);
  }

  /** Short, without kills from outside; ends with the first event that is forgotten. */
  static ChaosSettings withoutTransactions() {
    return new ChaosSettings(
        chosenSeed(), 150, 40, 2, 60, 1, false, Duration.ofMinutes(4), ChaosTrouble.doom(0.4));
  }

  /** As {@code -Dchaos.NAME=} says; a hundred thousand records and sixty kills by default. */
  static ChaosSettings longRun() {
    return new ChaosSettings(
        chosenSeed(),
        Integer.getInteger("chaos.events", 100_000),
        Integer.getInteger("chaos.rate", 150),
        Integer.getInteger("chaos.models", 3),
        Integer.getInteger("chaos.subjects", 1_500),
        Integer.getInteger("chaos.workers", 2),
        true,
        Duration.ofMinutes(Integer.getInteger("chaos.patience.minutes", 10)),
        ChaosTrouble.chosen());
  }

  /** Nothing is killed; for measurements under load. */
  static ChaosSettings calmRun(int events, int rate) {
    return new ChaosSettings(
        chosenSeed(), events, rate, 2, 500, 1, true, Duration.ofMinutes(10), ChaosTrouble.NONE);
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
        seed, events, rate, models, subjects, workers, transactions, patience, ChaosTrouble.NONE);
  }
}
