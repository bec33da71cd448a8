package dev.emend.itests.chaos;

import java.time.Duration;

/**
 * What is done to a system.
 *
 * @param kills processes that are killed
 * @param pauses processes that are stopped for longer than they keep their place
 * @param outages times that the registry or the broker is killed and held down
 * @param outage how long
 * @param doom share of the workers' commits that are not survived
 * @param disk how long each write of broker, workers and subscriber takes longer than the disk does
 */
record ChaosTrouble(
    int kills, int pauses, int outages, Duration outage, double doom, Duration disk) {
  /** Nothing. */
  static final ChaosTrouble NONE = new ChaosTrouble(0, 0, 0, Duration.ZERO, 0, Duration.ZERO);

  /** Only commits that are cut off. */
  static ChaosTrouble doom(double share) {
    return new ChaosTrouble(0, 0, 0, Duration.ZERO, share, Duration.ZERO);
  }

  /** As {@code -Dchaos.NAME=} says. */
  static ChaosTrouble chosen() {
    return new ChaosTrouble(
        Integer.getInteger("chaos.kills", 60),
        Integer.getInteger("chaos.pauses", 6),
        Integer.getInteger("chaos.outages", 2),
        Duration.ofSeconds(Integer.getInteger("chaos.outage.seconds", 60)),
        Double.parseDouble(System.getProperty("chaos.doom", "0.01")),
        Duration.ofMillis(Integer.getInteger("chaos.disk.millis", 0)));
  }
}
