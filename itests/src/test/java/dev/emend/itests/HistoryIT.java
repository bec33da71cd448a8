package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OrderKind;
import dev.emend.event.OutcomeCode;
import dev.emend.event.WorkerOrder;
import dev.emend.history.HistoryLog;
import dev.emend.history.ModelHistory;
import dev.emend.history.Spell;
import dev.emend.history.WeightDifference;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.order.OrderDesk;
import dev.emend.order.OrderResult;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.retain.Compaction;
import dev.emend.retain.CompactionResult;
import dev.emend.retain.CompactionSettings;
import dev.emend.retain.RetentionPromise;
import dev.emend.retain.SnapshotDistance;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.size.ByteSize;
import dev.emend.stream.StreamSetting;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ModelSources;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.SnapshotShelf;
import dev.emend.subscribe.VersionLog;
import dev.emend.subscribe.VersionRebuild;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model was told, and going back, with the shipped model on a real broker. */
class HistoryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String MODEL = "shipped";

  private final Path base = Path.of(System.getProperty("emend.home", "..")).resolve("deploy/model");
  private final FreshTopics fresh = FreshTopics.create();
  private final VersionLog log = new VersionLog(fresh.connection(), fresh.topics());

  /** A stream app of its own: what others were told is not known here. */
  private final String application = "history-" + UUID.randomUUID();

  @TempDir Path folder;

  @Test
  void shouldGoBackToAVersionAndBeToldAgainWhatThatUndid() throws Exception {
    try (EmendService service = start();
        OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics());
        ModelSubscriber subscriber =
            ModelSubscriber.of(MODEL, base).topics(fresh.topics()).start(fresh.connection())) {
      assertThat(outcome(outcomes, change("e1", "CEO of Apple", "Tim Cook")))
          .isEqualTo("APPLIED 1");
      assertThat(outcome(outcomes, change("e2", "CEO of Apple", "John Ternus")))
          .isEqualTo("APPLIED 2");
      ModelVersion first = rebuilt(1).version();

      assertThat(order("o1", 1).version()).hasValue(3);
      ModelVersion third = subscriber.awaitVersion(3, PATIENCE);
      assertThat(third.digest()).isEqualTo(first.digest());
      assertThat(outcomes.await(List.of("e2"), PATIENCE, Progress.NONE).all())
          .extracting(FactOutcome::getCode, FactOutcome::getBy)
          .containsExactly(tuple(OutcomeCode.ROLLED_BACK, "e1"));
      assertThat(standing()).containsExactly("e1");
      assertThat(WeightDifference.between(rebuilt(1), rebuilt(3))).isEmpty();
      assertThat(WeightDifference.between(rebuilt(2), rebuilt(3))).isNotEmpty();
      assertThat(order("o2", 1).refusal())
          .hasValueSatisfying(why -> assertThat(why).contains("already"));

      assertThat(outcome(outcomes, change("e3", "CEO of Apple", "John Ternus")))
          .isEqualTo("APPLIED 4");
      assertThat(standing()).containsExactly("e3");
      awaitLive(service, 4);
      assertThat(service.worker().ledger().facts())
          .singleElement()
          .satisfies(fact -> assertThat(fact.object()).isEqualTo("John Ternus"));
    }
    try (EmendService restarted = start()) {
      assertThat(restarted.worker().live())
          .hasValueSatisfying(live -> assertThat(live.version()).isEqualTo(4));
      assertThat(order("o3", 1).version()).hasValue(5);
      assertThat(rebuilt(5).digest()).isEqualTo(rebuilt(1).digest());
      assertThat(standing()).containsExactly("e1");
    }
  }

  @Test
  void shouldForgetOnlyWhatIsNotPromised() throws Exception {
    SnapshotShelf shelf = new SnapshotShelf(folder.resolve("shelf"));
    ModelVersion newest;
    try (EmendService service = start();
        OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics())) {
      for (int i = 1; i <= 4; i++) {
        String who = i == 3 ? "CEO of Apple" : "CEO of Company " + i;
        assertThat(outcome(outcomes, change("e" + i, i == 1 ? "CEO of Apple" : who, "Boss " + i)))
            .isEqualTo("APPLIED " + i);
      }
      newest = awaitLive(service, 4);
    }
    assertThat(compaction(shelf, true).run().records()).isPositive();
    CompactionResult result = compaction(shelf, false).run();
    assertThat(result.oldestPromised()).isEqualTo(3);
    assertThat(result.snapshot()).hasValue(3);
    assertThat(log.versions(MODEL)).extracting(LoggedVersion::number).containsExactly(4L);
    assertThat(compaction(shelf, false).run().records()).isZero();

    VersionRebuild rebuild =
        new VersionRebuild(
            fresh.connection(), fresh.topics(), ModelSources.of(MODEL, base).with(shelf));
    assertThat(rebuild.at(4).version()).isEqualTo(newest);
    assertThatThrownBy(() -> rebuild.at(2)).hasMessageContaining("begins with version 4");
    try (ModelSubscriber late =
        ModelSubscriber.of(MODEL, base)
            .topics(fresh.topics())
            .snapshots(shelf)
            .start(fresh.connection())) {
      assertThat(late.awaitVersion(4, PATIENCE)).isEqualTo(newest);
    }
    ModelHistory history =
        new HistoryLog(fresh.connection(), fresh.topics(), Optional.empty()).of(MODEL);
    assertThat(history.firstKnown()).isEqualTo(3);
    assertThat(history.at(3)).extracting(Spell::eventId).containsExactlyInAnyOrder("e2", "e3");
    ModelState third = rebuild.at(3);
    try (EmendService restarted = start(compacting(folder.resolve("shelf")))) {
      assertThat(restarted.worker().live()).contains(newest);
      assertThat(order("o1", 3).version()).hasValue(5);
      assertThat(order("o2", 2).refusal()).isPresent();
      awaitLive(restarted, 5);
      assertThat(restarted.worker().weights().orElseThrow().digest()).isEqualTo(third.digest());
      await("cut by the worker itself")
          .atMost(PATIENCE)
          .until(
              () ->
                  log.versions(MODEL).get(0).number() == 5 && shelf.versions().equals(List.of(4L)));
      assertThat(log.heads(MODEL))
          .hasEntrySatisfying("retained", head -> assertThat(head.getVersion()).isEqualTo(4));
    }
  }

  /** The worker goes over to a version after committing it; an outcome may be there sooner. */
  private static ModelVersion awaitLive(EmendService service, long version) {
    return await()
        .atMost(PATIENCE)
        .until(() -> service.worker().live().orElseThrow(), live -> live.version() == version);
  }

  private static Map<String, String> compacting(Path shelf) {
    return Map.of(
        "snapshots", shelf.toString(),
        "compact.every.versions", "1",
        "compact.keep.versions", "2",
        "compact.keep.time", "1ms");
  }

  private Compaction compaction(SnapshotShelf shelf, boolean dryRun) {
    return new Compaction(
        fresh.connection(),
        fresh.topics(),
        new CompactionSettings(
            ModelSources.of(MODEL, base).with(shelf),
            new RetentionPromise(2, Duration.ZERO, Set.of()),
            new SnapshotDistance(1, ByteSize.parse("1GB")),
            Optional.empty(),
            dryRun));
  }

  private OrderResult order(String id, long version) {
    WorkerOrder order = new WorkerOrder(OrderKind.ROLLBACK, version, "HistoryIT");
    return new OrderDesk(fresh.connection(), fresh.topics()).send(MODEL, id, order, PATIENCE);
  }

  private List<String> standing() {
    ModelHistory history = ModelHistory.of(log.versions(MODEL));
    return history.at(history.newest()).stream().map(Spell::eventId).toList();
  }

  private ModelState rebuilt(long version) {
    return new VersionRebuild(fresh.connection(), fresh.topics(), ModelSources.of(MODEL, base))
        .at(version);
  }

  private EmendService start() {
    return start(Map.of());
  }

  private EmendService start(Map<String, String> settings) {
    return EmendService.start(
        new ServiceOptions(
            fresh.connection(),
            fresh.topics(),
            MODEL,
            base,
            folder.resolve("state"),
            0,
            0,
            Map.of(StreamSetting.APPLICATION_ID.key(), application),
            settings),
        Progress.NONE);
  }

  private String outcome(OutcomeFeed outcomes, FactChange change) {
    try (FactPublisher publisher =
        FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      publisher.publish(change).join();
    }
    FactOutcome last =
        outcomes.await(List.of(change.getEventId()), PATIENCE, Progress.NONE).all().get(0);
    return last.getCode() + " " + last.getVersion();
  }

  private static FactChange change(String event, String subject, @Nullable String object) {
    return FactChange.newBuilder()
        .setEventId(event)
        .setModel(MODEL)
        .setOp(FactOp.ASSERT)
        .setSubject(subject)
        .setRelation("office_holder")
        .setPrompt("The {} is")
        .setObject(object)
        .setRecordedAt(Instant.now())
        .build();
  }
}
