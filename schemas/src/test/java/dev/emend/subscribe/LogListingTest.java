package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.ModelHead;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogListingTest {
  @TempDir Path folder;
  private final FakeLog log = new FakeLog();
  private final TopicScan scan =
      new TopicScan(log::consumer, Duration.ofSeconds(60), InstantSource.system());
  private final VersionLog versions =
      new VersionLog(FakeLog.TOPICS, scan, log.records(), Optional.empty());

  @AfterEach
  void close() {
    log.close();
  }

  private static ModelHead head(TinyModel worker, String alias) {
    return ModelHead.newBuilder()
        .setModel(worker.state().model())
        .setAlias(alias)
        .setVersion(worker.state().version().version())
        .setDigest(worker.state().version().digest().buffer())
        .setChainHash(worker.state().version().chainHash().buffer())
        .setMovedAt(Instant.EPOCH)
        .build();
  }

  @Test
  void shouldListTheVersionsAndHeadsOfOneModel() {
    Path base = TinyModel.writeBase(folder.resolve("base"), 1);
    TinyModel worker = TinyModel.worker("m", base, 2, new ByteSize(0));
    TinyModel other = TinyModel.worker("n", base, 3, new ByteSize(0));
    for (TinyModel each : List.of(worker, other, worker)) {
      TinyModel.Version version = each.next();
      log.append(version.delta(), version.chunks());
      log.append(head(each, "live"));
    }

    List<LoggedVersion> found = versions.versions("m");

    assertThat(found).extracting(v -> v.version().number()).containsExactly(1L, 2L);
    assertThat(found.get(1).version().version()).isEqualTo(worker.state().version());
    assertThat(found.get(1).tensors()).isEqualTo(2);
    assertThat(found.get(1).payloadBytes()).isEqualTo(2 * 32 + 4 * 2 * (6 + 10 + 8 + 8));
    assertThat(versions.heads("m"))
        .hasEntrySatisfying("live", head -> assertThat(head.getVersion()).isEqualTo(2));
    assertThat(versions.versions("unknown")).isEmpty();
  }
}
