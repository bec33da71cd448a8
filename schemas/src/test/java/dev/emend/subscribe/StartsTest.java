package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.delta.FolderBlobStore;
import dev.emend.delta.ModelSnapshot;
import dev.emend.event.ModelDelta;
import dev.emend.size.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StartsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final FakeLog log = new FakeLog();
  private final Path folder;
  private final Path base;
  private final TinyModel worker;
  private final SnapshotShelf shelf;

  StartsTest(@TempDir Path folder) {
    this.folder = folder;
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    this.worker = TinyModel.worker("m", base, 2, new ByteSize(0));
    this.shelf = new SnapshotShelf(folder.resolve("snapshots"));
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void publish(int versions) {
    for (int i = 0; i < versions; i++) {
      TinyModel.Version version = worker.next();
      log.append(version.delta(), version.chunks());
    }
  }

  private ModelSubscriberBuilder subscriber() {
    return ModelSubscriber.of("m", base).topics(FakeLog.TOPICS);
  }

  private ModelSubscriber start(ModelSubscriberBuilder options) {
    return options.start(log::consumer, log.records());
  }

  private void shelve(int every, int versions) throws InterruptedException {
    SnapshotRule rule = new SnapshotRule(every, ByteSize.parse("1GB"), 3);
    try (ModelSubscriber subscriber = start(subscriber().snapshots(shelf, rule))) {
      for (int i = 0; i < versions; i++) {
        publish(1);
        subscriber.awaitVersion(worker.state().version().version(), LONG);
      }
    }
  }

  @Test
  void shouldShelveSnapshotsAndKeepTheNewest() throws Exception {
    shelve(2, 9);

    List<Long> versions = shelf.versions();
    assertThat(versions).hasSizeBetween(1, 3);
    long newest = versions.get(versions.size() - 1);
    assertThat(newest).isBetween(6L, 9L);
    assertThat(ModelSnapshot.open("m", shelf.at(newest).path()).version().version())
        .isEqualTo(newest);
    assertThat(shelf.at(newest).payloadBytes()).isEqualTo(newest * 2 * (32 + 4 * 2 * 16));
  }

  @Test
  void shouldStartFromASnapshotWithoutTheRecordsBeforeIt() throws Exception {
    shelve(1, 4);
    log.deleteAll();
    publish(2);
    try (ModelSubscriber subscriber = start(subscriber().snapshots(shelf))) {
      assertThat(subscriber.current().version().version()).isPositive();
      subscriber.awaitVersion(6, LONG);
      assertThat(subscriber.current().version()).isEqualTo(worker.state().version());
    }
  }

  @Test
  void shouldPreferTheBaseWhereASnapshotCostsMoreThanItSaves() throws Exception {
    shelve(1, 2);
    Path weights = shelf.at(shelf.versions().get(0)).path().resolve("model.safetensors");
    Starts starts =
        new Starts("m", base, Optional.empty(), Optional.of(shelf), SignatureCheck.none());
    assertThat(starts.cheapest().version()).isPositive();

    for (long version : shelf.versions()) {
      grow(shelf.at(version).path().resolve(weights.getFileName()));
    }
    assertThat(starts.cheapest().version()).isZero();
  }

  @Test
  void shouldFallBackToAnOlderSnapshotFromADamagedOne() throws Exception {
    shelve(1, 4);
    List<Long> versions = shelf.versions();
    Starts starts =
        new Starts("m", base, Optional.empty(), Optional.of(shelf), SignatureCheck.none());
    assertThat(starts.cheapest().version()).isEqualTo(versions.get(versions.size() - 1));

    for (int i = versions.size() - 1; i > 0; i--) {
      flipLastByte(shelf.at(versions.get(i)).path().resolve("model.safetensors"));
      assertThat(starts.cheapest().version()).isEqualTo(versions.get(i - 1));
    }
    Files.write(shelf.at(versions.get(0)).path().resolve("model.safetensors"), new byte[5]);
    assertThat(starts.cheapest().version()).isZero();
  }

  @Test
  void shouldRebuildItsFolderWhenTheWeightsInItAreDamaged() throws Exception {
    Path kept = folder.resolve("kept");
    publish(3);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      subscriber.awaitVersion(3, LONG);
    }
    flipLastByte(kept.resolve("model.safetensors"));
    try (ModelSubscriber subscriber = start(subscriber().keep(kept))) {
      assertThat(subscriber.awaitVersion(3, LONG)).isEqualTo(worker.state().version());
    }
    assertThat(ModelSnapshot.open("m", kept).version()).isEqualTo(worker.state().version());
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  /** So large that it is not worth fetching; it is not opened, so its content does not matter. */
  private static void grow(Path file) throws IOException {
    Files.write(file, new byte[1 << 16], java.nio.file.StandardOpenOption.APPEND);
  }

  @Test
  void shouldFindAStartForAnEarlierVersion() throws Exception {
    shelve(1, 3);
    long newest = shelf.versions().get(shelf.versions().size() - 1);
    Starts starts =
        new Starts("m", base, Optional.empty(), Optional.of(shelf), SignatureCheck.none());
    assertThat(starts.atMost(newest).version()).isEqualTo(newest);
    assertThat(starts.atMost(0).version()).isZero();

    Starts late =
        new Starts(
            "m",
            shelf.at(newest).path(),
            Optional.empty(),
            Optional.empty(),
            SignatureCheck.none());
    assertThatThrownBy(() -> late.atMost(0)).hasMessageContaining("cannot be rebuilt");
  }

  @Test
  void shouldReadPayloadsFromABlobStore() throws Exception {
    FolderBlobStore store = new FolderBlobStore(folder.resolve("blobs"));
    TinyModel storing = TinyModel.worker("m", base, 7, new ByteSize(0)).storingIn(store);
    for (int i = 0; i < 3; i++) {
      ModelDelta delta = storing.next().delta();
      log.append(delta, List.of());
    }
    try (ModelSubscriber subscriber = start(subscriber().blobs(store))) {
      subscriber.awaitVersion(3, LONG);
      assertThat(subscriber.current().version()).isEqualTo(storing.state().version());
    }
    try (ModelSubscriber subscriber = start(subscriber())) {
      assertThatThrownBy(() -> subscriber.awaitVersion(3, LONG))
          .hasMessageContaining("name the store");
    }
  }

  @Test
  void shouldNameTheVersionThatIsWrongInTheMiddleOfManyAndServeThoseBefore() throws Exception {
    publish(5);
    TinyModel.Version bad = worker.next();
    bad.delta().setResultDigest(bad.delta().getParentDigest());
    log.append(bad.delta(), bad.chunks());
    publish(5);
    try (ModelSubscriber subscriber = start(subscriber())) {
      assertThatThrownBy(() -> subscriber.awaitVersion(11, LONG))
          .hasMessageContaining("version 6 at t.emend.deltas-");
      assertThat(subscriber.current().version().version()).isEqualTo(5);
    }
  }
}
