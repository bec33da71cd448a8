package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.bench.FanoutWriter;
import dev.emend.delta.BlobStore;
import dev.emend.delta.DeltaPackager;
import dev.emend.delta.FolderBlobStore;
import dev.emend.delta.ModelVersion;
import dev.emend.event.DeltaChunk;
import dev.emend.fault.Fault;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.retain.Compaction;
import dev.emend.retain.CompactionResult;
import dev.emend.retain.CompactionSettings;
import dev.emend.retain.RetentionPromise;
import dev.emend.retain.SnapshotDistance;
import dev.emend.size.ByteSize;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ModelSources;
import dev.emend.subscribe.SnapshotShelf;
import dev.emend.subscribe.VersionLog;
import dev.emend.subscribe.VersionRebuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a compaction leaves of a log that several models share, on a real broker. */
class CompactionIT {
  private static final int VERSIONS = 6;
  private static final int PROMISED = 2;

  private final FreshTopics fresh = FreshTopics.create();
  private final VersionLog log = new VersionLog(fresh.connection(), fresh.topics());
  @TempDir Path folder;

  /** A model with its versions. */
  private final class Line implements AutoCloseable {
    final String model;
    final Path base;
    final Optional<BlobStore> blobs;
    final List<ModelVersion> versions = new ArrayList<>();
    final FanoutWriter writer;

    Line(String model, Path base, DeltaPackager packager, Optional<BlobStore> blobs) {
      this.model = model;
      this.base = base;
      this.blobs = blobs;
      this.writer = new FanoutWriter(fresh.connection(), fresh.topics(), model, base, packager);
    }

    void publish() {
      writer.next();
      versions.add(writer.state().version());
    }

    @Override
    public void close() {
      writer.close();
    }

    ModelSources sources() {
      return new ModelSources(
          model,
          base,
          Optional.of(new SnapshotShelf(folder.resolve("shelf-" + model))),
          blobs,
          Optional.empty());
    }

    CompactionResult compact() {
      return new Compaction(
              fresh.connection(),
              fresh.topics(),
              new CompactionSettings(
                  sources(),
                  new RetentionPromise(PROMISED, Duration.ZERO, Set.of()),
                  new SnapshotDistance(1, ByteSize.parse("1GB")),
                  Optional.empty(),
                  false))
          .run();
    }

    void canBeRebuiltFrom(int oldest) {
      VersionRebuild rebuild = new VersionRebuild(fresh.connection(), fresh.topics(), sources());
      for (int version : new int[] {oldest, VERSIONS}) {
        assertThat(rebuild.at(version).version()).isEqualTo(versions.get(version - 1));
      }
    }

    List<Long> logged() {
      return log.versions(model).stream().map(LoggedVersion::number).toList();
    }
  }

  /** A model of which all versions are published. */
  private Line published(String model, DeltaPackager packager, Optional<BlobStore> blobs) {
    try (Line line = line(model, packager, blobs)) {
      for (int i = 0; i < VERSIONS; i++) {
        line.publish();
      }
      return line;
    }
  }

  private Line line(String model, DeltaPackager packager, Optional<BlobStore> blobs) {
    return new Line(model, folder.resolve("base-" + model), packager, blobs);
  }

  private static DeltaPackager inline() {
    return DeltaPackager.forDefaultBroker();
  }

  private static DeltaPackager elsewhere() {
    return new DeltaPackager(new ByteSize(0), new ByteSize(200));
  }

  /** Five models share three partitions. */
  @Test
  void shouldCutOnlyWhatNoModelOfAPartitionNeeds() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.add(line("m" + i, inline(), Optional.empty()));
    }
    for (int i = 0; i < VERSIONS; i++) {
      lines.forEach(Line::publish);
    }
    lines.forEach(Line::close);

    lines.get(3).compact();
    lines.forEach(line -> line.canBeRebuiltFrom(line == lines.get(3) ? VERSIONS - 1 : 1));
    lines.forEach(Line::compact);
    lines.forEach(line -> line.canBeRebuiltFrom(VERSIONS - 1));
    // The last one of a partition cuts what the first of it had to leave for the others.
    lines.forEach(line -> assertThat(line.logged()).containsExactly((long) VERSIONS));
  }

  @Test
  void shouldCutTheChunksOfPayloadsTogetherWithTheirDeltas() {
    Line line = published("chunked", elsewhere(), Optional.empty());
    long before = chunkVersions();

    assertThat(line.compact().oldestPromised()).isEqualTo(VERSIONS - 1);
    assertThat(before).isEqualTo(VERSIONS);
    assertThat(chunkVersions()).isEqualTo(1);
    line.canBeRebuiltFrom(VERSIONS - 1);
    VersionRebuild rebuild = new VersionRebuild(fresh.connection(), fresh.topics(), line.sources());
    assertThatThrownBy(() -> rebuild.at(1)).isInstanceOf(Fault.class);
  }

  /** Of how many versions there are chunks. */
  private long chunkVersions() {
    return Records.of(fresh, fresh.topics().deltaChunks(), DeltaChunk.class).stream()
        .map(record -> record.key().split("\\|", 3)[1])
        .distinct()
        .count();
  }

  /** The writers draw the same payloads from one seed, so that two models name the same blobs. */
  @Test
  void shouldDeleteAPayloadOnlyWhenNoModelNamesIt() throws IOException {
    Path store = folder.resolve("blobs");
    FolderBlobStore blobs = new FolderBlobStore(store);
    Line first = published("first", elsewhere().storingIn(blobs), Optional.of(blobs));
    Line second = published("second", elsewhere().storingIn(blobs), Optional.of(blobs));
    assertThat(payloads(store)).isEqualTo(VERSIONS);

    assertThat(first.compact().blobs()).isZero();
    second.canBeRebuiltFrom(1);
    assertThat(second.compact().blobs()).isEqualTo(VERSIONS - 1);
    assertThat(payloads(store)).isEqualTo(1);
    first.canBeRebuiltFrom(VERSIONS - 1);
    second.canBeRebuiltFrom(VERSIONS - 1);
  }

  private static long payloads(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
