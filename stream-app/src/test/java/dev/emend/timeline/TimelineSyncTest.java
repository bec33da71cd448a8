package dev.emend.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.progress.Progress;
import dev.emend.publish.BulkResult;
import dev.emend.publish.Published;
import dev.emend.publish.TraceParent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineSyncTest {
  private static final String LINE =
      "{\"subject\":\"Peru\",\"relation\":\"president\",\"prompt\":\"The president of {} is\","
          + "\"object\":\"%s\",\"valid_from\":\"%s\",\"valid_to\":%s}\n";

  @TempDir Path dir;
  private final List<FactChange> published = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private int broken = Integer.MAX_VALUE;
  private Path source = Path.of("");

  @BeforeEach
  void write() throws IOException {
    source =
        Files.writeString(
            dir.resolve("presidents.jsonl"),
            LINE.formatted("Toledo", "2001-00-00", "\"2006-07-28\"")
                + LINE.formatted("Garcia", "2006-07-28", "\"2011-07-28\"")
                + LINE.formatted("Fujimori", "1990-07", "\"2000-11-22\""));
  }

  @Test
  void shouldPublishChangePointsInTheOrderOfTheirDates() throws InterruptedException {
    SyncReport report = sync(SyncOptions.of(source, "m"));
    assertThat(published)
        .extracting(FactChange::getObject)
        .containsExactly("Fujimori", null, "Toledo", "Garcia", null);
    assertThat(published)
        .extracting(change -> change.getValidFrom().toString().substring(0, 10))
        .containsExactly("1990-07-01", "2000-11-22", "2001-01-01", "2006-07-28", "2011-07-28");
    assertThat(published.get(1).getOp()).isEqualTo(FactOp.RETRACT);
    assertThat(published).allSatisfy(change -> assertThat(change.getValidTo()).isNull());
    assertThat(report).isEqualTo(new SyncReport(5, 0, 5, Map.of()));
  }

  @Test
  void shouldPublishNothingTwiceAfterARestart() throws InterruptedException {
    sync(SyncOptions.of(source, "m"));
    assertThat(sync(SyncOptions.of(source, "m"))).isEqualTo(new SyncReport(5, 5, 0, Map.of()));
    assertThat(published).hasSize(5);
  }

  @Test
  void shouldGoOnWhereTheBrokerFailed() throws InterruptedException {
    SyncOptions slow = options(null, null, 100_000);
    broken = 2;
    assertThatThrownBy(() -> sync(slow))
        .isInstanceOf(Fault.class)
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(FaultCode.BROKER_UNAVAILABLE));
    broken = Integer.MAX_VALUE;
    assertThat(sync(slow).resumed()).isEqualTo(2);
    assertThat(published)
        .extracting(FactChange::getObject)
        .containsExactly("Fujimori", null, "Toledo", "Garcia", null);
    assertThat(published).extracting(FactChange::getEventId).doesNotHaveDuplicates();
  }

  @Test
  void shouldSayTheSameEventsAgainWhenTheSourceHasGrown() throws IOException, InterruptedException {
    sync(SyncOptions.of(source, "m"));
    List<String> before = published.stream().map(FactChange::getEventId).toList();
    published.clear();
    Files.writeString(
        source, Files.readString(source) + LINE.formatted("Humala", "2011-07-28", "null"));
    assertThat(sync(SyncOptions.of(source, "m")).resumed()).isZero();
    assertThat(published).extracting(FactChange::getEventId).containsAll(before.subList(0, 4));
    assertThat(published.get(4).getObject()).isEqualTo("Humala");
  }

  @Test
  void shouldKeepToTheRangeAndTheSpeed() throws InterruptedException {
    sync(options("2000-01-01T00:00:00Z", "2011-01-01T00:00:00Z", 40));
    assertThat(published)
        .extracting(FactChange::getObject)
        .containsExactly(null, "Toledo", "Garcia");
    assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(50_850));
  }

  @Test
  void shouldLeaveOutWhatBreaksARuleAndGoOn() throws InterruptedException {
    SyncOptions options = SyncOptions.of(source, "no model");
    SyncReport report = sync(options);
    assertThat(report.refused()).hasSize(5);
    assertThat(report.published()).isZero();
  }

  @Test
  void shouldRefuseABrokenCheckpointAndSenselessOptions() throws IOException {
    SyncOptions options = SyncOptions.of(source, "m");
    Files.writeString(options.checkpoint(), "{");
    assertThatThrownBy(() -> sync(options))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("start over");
    assertThatThrownBy(() -> options("2001-01-01T00:00:00Z", "2000-01-01T00:00:00Z", 1))
        .isInstanceOf(Fault.class);
    assertThatThrownBy(() -> options(null, null, 0)).isInstanceOf(Fault.class);
  }

  private SyncReport sync(SyncOptions options) throws InterruptedException {
    return new TimelineSync(options, this::publishAll, Progress.NONE, () -> now, this::sleep).run();
  }

  private void sleep(Duration time) {
    waits.add(time);
    now = now.plus(time);
  }

  private CompletableFuture<BulkResult> publishAll(Collection<FactChange> changes) {
    List<Published> acknowledged = new ArrayList<>();
    Map<String, Fault> failed = new HashMap<>();
    for (FactChange change : changes) {
      if (change.getModel().contains(" ")) {
        failed.put(change.getEventId(), new Fault(FaultCode.FACT_INVALID, "model"));
      } else if (published.size() >= broken) {
        failed.put(change.getEventId(), new Fault(FaultCode.BROKER_UNAVAILABLE, "away"));
      } else {
        published.add(change);
        acknowledged.add(acknowledgement(change));
      }
    }
    return CompletableFuture.completedFuture(new BulkResult(acknowledged, failed));
  }

  private Published acknowledgement(FactChange change) {
    return new Published(change.getEventId(), "emend.facts", 0, 0, now, TraceParent.random().get());
  }

  private SyncOptions options(@Nullable String from, @Nullable String to, double speed) {
    return new SyncOptions(
        source,
        dir.resolve("checkpoint.json"),
        "m",
        "test",
        from == null ? null : Instant.parse(from),
        to == null ? null : Instant.parse(to),
        OptionalDouble.of(speed));
  }
}
