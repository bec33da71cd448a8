package dev.emend.retain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** A log with its snapshots and blobs, from which things are really deleted. */
  private static final class Store {
    final List<KeptVersion> log = new ArrayList<>();
    final Set<Long> snapshots = new TreeSet<>();
    final Set<String> blobs = new HashSet<>();
    long head;
    Instant now = START;

    void grow(Random random) {
      for (int i = random.nextInt(8); i > 0; i--) {
        head++;
        now = now.plusSeconds(random.nextInt(100));
        // Payloads of equal content share a blob.
        Set<String> named = random.nextBoolean() ? Set.of() : Set.of("b" + random.nextInt(20));
        blobs.addAll(named);
        log.add(new KeptVersion(head, now, random.nextInt(50), named));
        if (random.nextInt(6) == 0) {
          snapshots.add(head);
        }
      }
    }

    /** Plainly: from some start, step by step, each with its payload. */
    boolean canRebuild(long version) {
      Set<Long> starts = new TreeSet<>(snapshots);
      starts.add(0L);
      for (long start : starts) {
        boolean whole = start <= version;
        for (long step = start + 1; step <= version && whole; step++) {
          long wanted = step;
          whole = log.stream().anyMatch(v -> v.number() == wanted && blobs.containsAll(v.blobs()));
        }
        if (whole) {
          return true;
        }
      }
      return false;
    }
  }

  private static RetentionPlanner planner(Random random, long kept, long head) {
    Set<Long> named =
        random.nextBoolean() ? Set.of() : Set.of(kept + random.nextInt((int) (head - kept) + 1));
    return new RetentionPlanner(
        new RetentionPromise(1 + random.nextInt(6), Duration.ofSeconds(random.nextInt(400)), named),
        new SnapshotDistance(1 + random.nextInt(5), new ByteSize(random.nextInt(100))));
  }

  @Property(tries = 400)
  void shouldRebuildWhatIsPromisedWhateverIsDeletedAndWhereverItStops(@ForAll long seed) {
    Random random = new Random(seed);
    Store store = new Store();
    long kept = 0; // what was promised once may be named again only while it can be rebuilt
    for (int round = 0; round < 8; round++) {
      store.grow(random);
      if (store.log.isEmpty()) {
        continue;
      }
      RetentionPlanner planner = planner(random, kept, store.head);
      List<KeptVersion> log = List.copyOf(store.log);
      RetentionPlan plan;
      try {
        long wanted = planner.snapshotWanted(log, store.snapshots, store.now);
        if (wanted > 0) {
          assertThat(store.canRebuild(wanted)).isTrue();
          store.snapshots.add(wanted);
        }
        plan = planner.plan(log, store.snapshots, store.now);
      } catch (Fault e) {
        // Refused, because something that is named now was given up before.
        assertThat(store.log.get(0).number()).isGreaterThan(1);
        continue;
      }
      int stopAfter = random.nextInt(4); // a crash between any two steps
      if (stopAfter > 0) {
        store.log.removeIf(version -> plan.mayGo(version.number()));
      }
      if (stopAfter > 1) {
        store.blobs.removeAll(plan.blobs());
      }
      if (stopAfter > 2) {
        store.snapshots.removeAll(plan.snapshots());
      }
      for (long version = plan.oldestPromised(); version <= store.head; version++) {
        assertThat(store.canRebuild(version)).describedAs("version %d", version).isTrue();
      }
      kept = plan.oldestPromised();
    }
  }

  @Test
  void shouldPromiseTheVersionThatWasTheNewestWhenTheTimeBegan() {
    List<KeptVersion> log = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      log.add(new KeptVersion(i, START.plusSeconds(10L * i), 1, Set.of()));
    }
    Instant now = START.plusSeconds(100);

    assertThat(new RetentionPromise(1, Duration.ZERO, Set.of()).oldest(log, now)).isEqualTo(10);
    assertThat(new RetentionPromise(4, Duration.ZERO, Set.of()).oldest(log, now)).isEqualTo(7);
    assertThat(new RetentionPromise(1, Duration.ofSeconds(25), Set.of()).oldest(log, now))
        .isEqualTo(7);
    assertThat(new RetentionPromise(1, Duration.ofDays(1), Set.of()).oldest(log, now)).isZero();
    assertThat(new RetentionPromise(1, Duration.ZERO, Set.of(3L, 8L)).oldest(log, now))
        .isEqualTo(3);
  }

  @Test
  void shouldWantASnapshotOnlyWhenTheLastIsFarEnough() {
    List<KeptVersion> log = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      log.add(new KeptVersion(i, START, 100, Set.of()));
    }
    RetentionPromise promise = new RetentionPromise(3, Duration.ZERO, Set.of());
    RetentionPlanner byVersions =
        new RetentionPlanner(promise, new SnapshotDistance(5, ByteSize.parse("1MB")));
    RetentionPlanner byBytes =
        new RetentionPlanner(promise, new SnapshotDistance(1000, new ByteSize(300)));

    assertThat(byVersions.snapshotWanted(log, Set.of(), START)).isEqualTo(8);
    assertThat(byVersions.snapshotWanted(log, Set.of(4L), START)).isZero();
    assertThat(byBytes.snapshotWanted(log, Set.of(5L), START)).isEqualTo(8);
    assertThat(byBytes.snapshotWanted(log, Set.of(6L, 9L), START)).isZero();
    assertThat(byBytes.snapshotWanted(List.of(), Set.of(), START)).isZero();
  }

  @Test
  void shouldDeleteNothingWhenThePromiseIsBrokenAlready() {
    RetentionPlanner planner =
        new RetentionPlanner(
            new RetentionPromise(2, Duration.ZERO, Set.of()),
            new SnapshotDistance(1, ByteSize.parse("1MB")));
    List<KeptVersion> late =
        List.of(
            new KeptVersion(5, START, 1, Set.of()),
            new KeptVersion(6, START, 1, Set.of()),
            new KeptVersion(7, START, 1, Set.of()));
    List<KeptVersion> gap =
        List.of(new KeptVersion(1, START, 1, Set.of()), new KeptVersion(3, START, 1, Set.of()));

    assertThatThrownBy(() -> planner.plan(late, Set.of(3L, 7L), START))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("no snapshot from 4 to 6");
    assertThat(planner.plan(late, Set.of(5L), START).start()).isEqualTo(5);
    assertThatThrownBy(() -> planner.plan(gap, Set.of(), START))
        .hasMessageContaining("lacks version 2");
  }
}
