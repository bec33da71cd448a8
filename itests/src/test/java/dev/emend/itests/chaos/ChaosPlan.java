package dev.emend.itests.chaos;

import dev.emend.itests.chaos.system.RoleKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What is done to the system, and before which record. */
final class ChaosPlan {
  /**
   * Longer than a silent member keeps its place in any of the groups, 15 s, and another's start.
   */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(19);

  private static final int PAUSE_SPREAD_MS = 4_000;
  private static final double QUIET_SHARE = 0.05;

  private ChaosPlan() {}

  /**
   * One deed.
   *
   * @param before index of the record that waits for it
   * @param kind to whom
   * @param pause how long its clock is stopped; zero to kill it
   */
  record Deed(int before, RoleKind kind, Duration pause) {}

  /** Draws the deeds: every kind is killed about as often, at any place but the first records. */
  static List<Deed> draw(long seed, int records, int kills, int pauses) {
    Random random = new Random(seed);
    List<Deed> deeds = new ArrayList<>();
    List<RoleKind> turn = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      if (turn.isEmpty()) {
        turn.addAll(List.of(RoleKind.values()));
        Collections.shuffle(turn, random);
      }
      deeds.add(new Deed(place(random, records), turn.remove(0), Duration.ZERO));
    }
    List<RoleKind> fenced = List.of(RoleKind.WORKER, RoleKind.STREAM);
    for (int i = 0; i < pauses; i++) {
      Duration time = SHORTEST_PAUSE.plusMillis(random.nextInt(PAUSE_SPREAD_MS));
      deeds.add(new Deed(place(random, records), fenced.get(i % fenced.size()), time));
    }
    deeds.sort(Comparator.comparingInt(Deed::before));
    return List.copyOf(deeds);
  }

  private static int place(Random random, int records) {
    return (int) (records * (QUIET_SHARE + (1 - 2 * QUIET_SHARE) * random.nextDouble()));
  }
}
