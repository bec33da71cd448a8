package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.FactOutcome;
import dev.emend.event.ModelHead;
import dev.emend.event.OutcomeCode;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
  private final VersionLog versions = new VersionLog(FakeLog.TOPICS, scan, log.records());
  private final OutcomeLog outcomes =
      new OutcomeLog(FakeLog.TOPICS, scan, log.records(), InstantSource.system());

  @AfterEach
  void close() {
    log.close();
  }

  private static FactOutcome outcome(String eventId, OutcomeCode code) {
    return FactOutcome.newBuilder()
        .setEventId(eventId)
        .setModel("m")
        .setCode(code)
        .setDecidedAt(Instant.EPOCH)
        .build();
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

  @Test
  void shouldTellWhatBecameOfEvents() {
    log.append(0, outcome("e1", OutcomeCode.SCHEDULED));
    log.append(0, outcome("e1", OutcomeCode.APPLIED));
    log.append(2, outcome("e2", OutcomeCode.REJECTED));

    assertThat(outcomes.all()).hasSize(3);
    assertThat(outcomes.of(List.of("e1", "never")))
        .containsOnlyKeys("e1")
        .extractingByKey("e1")
        .satisfies(
            list ->
                assertThat(list)
                    .extracting(FactOutcome::getCode)
                    .containsExactly(OutcomeCode.SCHEDULED, OutcomeCode.APPLIED));
  }

  @Test
  void shouldWaitForFinalOutcomesAndReturnWhatThereIsInTime() {
    log.append(0, outcome("e1", OutcomeCode.SCHEDULED));
    CompletableFuture<Map<String, FactOutcome>> waiting =
        CompletableFuture.supplyAsync(
            () -> outcomes.awaitFinal(List.of("e1", "e2"), Duration.ofSeconds(60)));
    log.append(1, outcome("e2", OutcomeCode.DUPLICATE));
    log.append(0, outcome("e1", OutcomeCode.APPLIED));

    assertThat(waiting.join()).containsOnlyKeys("e1", "e2");
    assertThat(outcomes.awaitFinal(List.of("e2", "never"), Duration.ofSeconds(1)))
        .containsOnlyKeys("e2");
  }
}
