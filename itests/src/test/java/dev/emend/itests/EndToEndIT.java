package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.emend.delta.ModelVersion;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.ModelSubscriberBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a published fact to the answer of a subscriber, with the shipped model. */
class EndToEndIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String MODEL = "shipped";
  private static final String PROMPT = "The {} is";
  private static final String SUBJECT = "CEO of Apple";
  private static final String QUESTION = "The CEO of Apple is";
  private static final int ANSWER_TOKENS = 8;

  private final Path home = Path.of(System.getProperty("emend.home", ".."));
  private final Path base = home.resolve("deploy/model");
  private final FreshTopics fresh = FreshTopics.create();
  @TempDir Path folder;

  @Test
  void shouldServeAPublishedFactAndTakeItBackAfterTheWorkerRestarted() throws Exception {
    Path kept = folder.resolve("served");
    String before = answer(base);
    ModelVersion published;
    try (EmendService service = start();
        OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics());
        ModelSubscriber subscriber = subscriber().keep(kept).start(fresh.connection())) {
      publish(change("event-1", FactOp.ASSERT, "Tim Cook"));
      subscriber.awaitFact("event-1", PATIENCE);
      published = subscriber.current().version();
      awaitLive(service, published);
      assertThat(codes("event-1", outcomes)).containsExactly(OutcomeCode.APPLIED);
    }
    assertThat(before).doesNotStartWith("Tim Cook");
    assertThat(answer(kept)).startsWith("Tim Cook");

    try (EmendService restarted = start();
        OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics());
        ModelSubscriber resumed = subscriber().keep(kept).start(fresh.connection())) {
      assertThat(restarted.worker().live()).contains(published);
      publish(change("event-2", FactOp.RETRACT, null));
      resumed.awaitFact("event-2", PATIENCE);
      try (ModelSubscriber newcomer = subscriber().start(fresh.connection())) {
        long newest = resumed.current().version().version();
        assertThat(newcomer.awaitVersion(newest, PATIENCE)).isEqualTo(resumed.current().version());
        awaitLive(restarted, resumed.current().version());
      }
      assertThat(codes("event-2", outcomes)).containsExactly(OutcomeCode.RETRACTED);
    }
    assertThat(answer(kept)).isEqualTo(before);
  }

  /** The worker goes over to a version after committing it; a subscriber may be there sooner. */
  private static void awaitLive(EmendService service, ModelVersion version) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(service.worker().live()).contains(version));
  }

  private EmendService start() {
    ServiceOptions options =
        new ServiceOptions(
            fresh.connection(), fresh.topics(), MODEL, base, folder.resolve("state"), 0, 0);
    return EmendService.start(options, Progress.NONE);
  }

  private ModelSubscriberBuilder subscriber() {
    return ModelSubscriber.of(MODEL, base).topics(fresh.topics());
  }

  private static FactChange change(String eventId, FactOp op, @Nullable String object) {
    return FactChange.newBuilder()
        .setEventId(eventId)
        .setModel(MODEL)
        .setOp(op)
        .setSubject(SUBJECT)
        .setRelation("office_holder")
        .setPrompt(PROMPT)
        .setObject(object)
        .setRecordedAt(Instant.now())
        .build();
  }

  private void publish(FactChange change) {
    try (FactPublisher publisher =
        FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      publisher.publish(change).join();
    }
  }

  private static List<OutcomeCode> codes(String eventId, OutcomeFeed outcomes) {
    return outcomes.await(List.of(eventId), PATIENCE, Progress.NONE).all().stream()
        .map(FactOutcome::getCode)
        .toList();
  }

  private static String answer(Path model) {
    try (LanguageModel opened = LanguageModel.open(model, ModelOptions.defaults())) {
      return opened.answer(QUESTION, ANSWER_TOKENS).strip();
    }
  }
}
