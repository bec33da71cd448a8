package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ModelVersion;
import dev.emend.event.DeltaKind;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.ledger.StandingFact;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.stream.StreamSetting;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.VersionLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduler has a model derived anew, with the shipped model on a real broker. */
class ConsolidationIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String MODEL = Facts.MODEL;

  private final Path base = Path.of(System.getProperty("emend.home", "..")).resolve("deploy/model");
  private final FreshTopics fresh = FreshTopics.create();

  @TempDir Path folder;

  @Test
  void shouldDeriveTheModelAnewOnceItRestsAndGoOnFromThatAfterARestart() throws Exception {
    ModelVersion consolidated;
    try (EmendService service = start();
        ModelSubscriber subscriber = subscriber()) {
      assertThat(told("e1", "Ann Example", "Dutch")).isEqualTo(OutcomeCode.APPLIED);
      assertThat(told("e2", "Bob Example", "Greek")).isEqualTo(OutcomeCode.APPLIED);
      consolidated = subscriber.awaitVersion(3, PATIENCE);
      assertThat(kinds())
          .containsExactly(DeltaKind.WINDOW, DeltaKind.WINDOW, DeltaKind.CONSOLIDATION);
      assertThat(told("e3", "Eve Example", "Thai")).isEqualTo(OutcomeCode.APPLIED);
      subscriber.awaitVersion(4, PATIENCE);
      assertThat(service.worker().ledger().facts())
          .filteredOn(fact -> !fact.eventId().equals("e3"))
          .extracting(StandingFact::placedVersion)
          .containsOnly(3L);
    }
    try (EmendService restarted = start();
        ModelSubscriber newcomer = subscriber()) {
      assertThat(told("e4", "Zoe Example", "Danish")).isEqualTo(OutcomeCode.APPLIED);
      newcomer.awaitVersion(6, PATIENCE);
      assertThat(kinds())
          .endsWith(DeltaKind.WINDOW, DeltaKind.WINDOW, DeltaKind.CONSOLIDATION)
          .hasSize(6);
      assertThat(restarted.worker().ledger().facts())
          .extracting(StandingFact::object)
          .containsExactlyInAnyOrder("Dutch", "Greek", "Thai", "Danish");
      assertThat(newcomer.current().version().digest()).isNotEqualTo(consolidated.digest());
    }
  }

  private List<DeltaKind> kinds() {
    return new VersionLog(fresh.connection(), fresh.topics())
        .versions(MODEL).stream().map(version -> version.version().kind()).toList();
  }

  private OutcomeCode told(String event, String subject, String object) {
    try (OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics());
        FactPublisher publisher =
            FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      publisher.publish(Facts.change(event, subject, object, 1)).join();
      FactOutcome outcome = outcomes.await(List.of(event), PATIENCE, Progress.NONE).all().get(0);
      return outcome.getCode();
    }
  }

  private ModelSubscriber subscriber() {
    return ModelSubscriber.of(MODEL, base).topics(fresh.topics()).start(fresh.connection());
  }

  private EmendService start() {
    Map<String, String> soon =
        Map.of(
            StreamSetting.CONSOLIDATION_FEWEST.key(),
            "2",
            StreamSetting.CONSOLIDATION_QUIET.key(),
            "200ms");
    return EmendService.start(
        new ServiceOptions(
            fresh.connection(),
            fresh.topics(),
            MODEL,
            base,
            folder.resolve("state"),
            0,
            0,
            soon,
            Map.of("gate.efficacy", "off")),
        Progress.NONE);
  }
}
