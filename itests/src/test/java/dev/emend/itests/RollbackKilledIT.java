package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.emend.delta.ModelState;
import dev.emend.evaluate.ModelEditors;
import dev.emend.evaluate.RandomModel;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelHead;
import dev.emend.event.OrderKind;
import dev.emend.event.WorkerOrder;
import dev.emend.history.ModelHistory;
import dev.emend.history.Spell;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.memit.EditOverrides;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.order.OrderDesk;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ModelSources;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.VersionLog;
import dev.emend.subscribe.VersionRebuild;
import dev.emend.worker.Deathbed;
import dev.emend.worker.EditorWorker;
import dev.emend.worker.KeptState;
import dev.emend.worker.MemitWindowEditor;
import dev.emend.worker.WorkerConfig;
import dev.emend.worker.WorkerDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback whose commit breaks off, wherever it does, ends in one state that all agree on. */
class RollbackKilledIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String MODEL = Facts.MODEL;

  private final FreshTopics fresh = FreshTopics.create();
  private final VersionLog log = new VersionLog(fresh.connection(), fresh.topics());
  private final Deathbed deathbed = new Deathbed();
  @TempDir Path folder;

  @Test
  void shouldGoBackOnceWhereverTheWorkerIsCutOff() throws Exception {
    Path base = folder.resolve("base");
    Path shipped = Path.of(System.getProperty("emend.home", "..")).resolve("deploy/model");
    RandomModel.write(base, shipped, 64, 2, 1);
    try (StreamApp stream = StreamApp.start(streamConfig());
        EditorWorker worker = worker(base);
        ModelSubscriber subscriber =
            ModelSubscriber.of(MODEL, base).topics(fresh.topics()).start(fresh.connection())) {
      assertThat(stream.awaitRunning(PATIENCE)).isTrue();
      tell(Facts.change("e1", "Ann", "English", 1));
      tell(Facts.change("e2", "Ann", "Dutch", 2));
      long newest = 2;
      for (Deathbed.Moment moment : Deathbed.Moment.values()) {
        long to = 1 + newest % 2; // from what says e2 to what says e1, and back
        newest++;
        deathbed.at(moment);
        order(moment.name(), to, newest);
        assertThat(deathbed.over()).as(moment + " came").isTrue();
        isTheOnlyState(worker, subscriber, base, to, newest);
      }
    }
  }

  /** Log, aliases, outcomes, history, worker and subscriber say the same. */
  private void isTheOnlyState(
      EditorWorker worker, ModelSubscriber subscriber, Path base, long to, long newest)
      throws InterruptedException {
    VersionRebuild rebuild =
        new VersionRebuild(fresh.connection(), fresh.topics(), ModelSources.of(MODEL, base));
    ModelState earlier = rebuild.at(to);
    assertThat(log.versions(MODEL))
        .extracting(LoggedVersion::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, newest).boxed().toList());
    assertThat(log.heads(MODEL).values())
        .extracting(ModelHead::getAlias, ModelHead::getVersion)
        .containsExactlyInAnyOrder(tuple("canary", newest), tuple("live", newest));
    ModelHistory history = ModelHistory.of(log.versions(MODEL));
    assertThat(history.at(newest)).extracting(Spell::eventId).containsExactly("e" + to);
    assertThat(outcomes("e2")).as("one when it was edited, one a rollback").isEqualTo(newest - 1);
    await("the worker serves it")
        .atMost(PATIENCE)
        .until(() -> worker.live().filter(v -> v.version() == newest).isPresent());
    assertThat(worker.weights().orElseThrow().digest()).isEqualTo(earlier.digest());
    assertThat(worker.ledger().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.eventId()).isEqualTo("e" + to));
    assertThat(subscriber.awaitVersion(newest, PATIENCE).digest())
        .isEqualTo(earlier.version().digest());
  }

  private long outcomes(String event) {
    return Records.of(fresh, fresh.topics().outcomes(), FactOutcome.class).stream()
        .filter(record -> record.value().getEventId().equals(event))
        .count();
  }

  private void order(String id, long to, long expected) {
    WorkerOrder order = new WorkerOrder(OrderKind.ROLLBACK, to, "RollbackKilledIT");
    assertThat(
            new OrderDesk(fresh.connection(), fresh.topics())
                .send(MODEL, id, order, PATIENCE)
                .version())
        .hasValue(expected);
  }

  private void tell(FactChange change) {
    try (OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics());
        FactPublisher publisher =
            FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      publisher.publish(change).join();
      assertThat(outcomes.await(List.of(change.getEventId()), PATIENCE, Progress.NONE).all())
          .allSatisfy(outcome -> assertThat(outcome.getVersion()).isNotNull());
    }
  }

  private StreamAppConfig streamConfig() {
    return StreamAppConfig.from(
        fresh
            .connection()
            .with("emend.stream.application.id", fresh.topics().prefix() + "stream")
            .with("emend.stream.state.dir", folder.resolve("streams").toString()));
  }

  private EditorWorker worker(Path base) {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", MODEL);
    settings.put("topic.prefix", fresh.topics().prefix());
    settings.put("retry.pause", "100ms");
    Stream.of("efficacy", "locality", "forgetting", "drift", "perplexity")
        .forEach(score -> settings.put("gate." + score, "off"));
    WorkerConfig config = WorkerConfig.from(settings);
    LanguageModel model = LanguageModel.open(base, ModelOptions.defaults());
    KeptState kept = KeptState.none();
    EditorWorker worker =
        WorkerDoor.dying(
            config,
            fresh.connection(),
            ModelState.open(MODEL, model.folder()),
            new MemitWindowEditor(
                model,
                ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), Progress.NONE),
                Progress.NONE,
                kept,
                config.canary()),
            kept,
            deathbed);
    worker.start();
    worker.awaitLive(PATIENCE);
    return worker;
  }
}
