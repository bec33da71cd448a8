package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.emend.audit.AuditQuery;
import dev.emend.audit.AuditTrail;
import dev.emend.event.AuditEntry;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelHead;
import dev.emend.event.Neighbour;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.subscribe.VersionLog;
import dev.emend.wire.WireConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From canary to live on a real broker, with the shipped model. */
class GateIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String MODEL = "shipped";

  private final Path home = Path.of(System.getProperty("emend.home", ".."));
  private final Path base = home.resolve("deploy/model");
  private final FreshTopics fresh = FreshTopics.create();
  @TempDir Path folder;

  @Test
  void shouldServeLiveOnlyWhatWasPromotedAndCanaryAtOnce() throws Exception {
    try (EmendService service = start(Map.of("promotion", "manual"));
        ModelSubscriber live = subscriber("live");
        ModelSubscriber canary = subscriber("canary")) {
      publish("event-1", "CEO of Apple", "The {} is", "Tim Cook");
      canary.awaitVersion(1, PATIENCE);
      assertThat(live.current().version().version()).isZero();
      assertThat(promote("--to", "2"))
          .isEqualTo(
              new Run(1, "emend: VERSION_CHAIN: there is no version 2 yet; the newest is 1\n"));

      Run promoted = promote("--to", "1");

      assertThat(promoted).isEqualTo(new Run(0, "live of shipped points to version 1\n"));
      assertThat(live.awaitVersion(1, PATIENCE)).isEqualTo(canary.current().version());
      assertThat(live().getCause()).isEqualTo("PROMOTED");
      assertThat(promote().out()).contains("live points to version 1 already");
      assertThat(service.worker().live().orElseThrow().version()).isOne();
      assertThat(new AuditTrail(fresh.connection(), fresh.topics()).read(AuditQuery.all(MODEL)))
          .extracting(GateIT::told)
          .containsExactly(
              "WINDOW 1 event-1 of emend",
              "ORDER 1 PROMOTE to 2, refused",
              "ALIAS 1 PROMOTED",
              "ORDER 1 PROMOTE to 1",
              "ORDER 1 PROMOTE to null, refused");
    }
  }

  @Test
  void shouldGoOnWithASoakAfterARestartAndThenMakeTheVersionLive() throws Exception {
    try (EmendService service = start(Map.of("soak.time", "1h"));
        ModelSubscriber canary = subscriber("canary")) {
      publish("event-1", "CEO of Apple", "The {} is", "Tim Cook");
      canary.awaitVersion(1, PATIENCE);
      assertThat(heads()).containsOnlyKeys("canary");
      assertThat(service.worker().health().trouble()).isEmpty();
    }

    try (EmendService restarted = start(Map.of("soak.time", "1s"));
        ModelSubscriber live = subscriber("live")) {
      live.awaitVersion(1, PATIENCE);

      await().atMost(PATIENCE).until(() -> heads().containsKey("live"));
      assertThat(live().getCause()).isEqualTo("SOAKED");
      assertThat(restarted.worker().live()).contains(live.current().version());
    }
  }

  @Test
  void shouldRefuseOnlyTheFactOfAWindowThatMovesItsNeighbours() {
    Map<String, String> strict =
        Map.of("gate.locality", "0.9", "gate.drift", "off", "gate.perplexity", "off");
    try (EmendService service = start(strict);
        OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics())) {
      FactChange good = change("good", "CEO of Apple", "The {} is", "Tim Cook");
      FactChange bad = change("bad", "France", "The capital of {} is", "Oslo");
      // It asks of its own prompt that its answer stays, which no edit can keep.
      bad.setNeighbours(List.of(new Neighbour("The capital of France is", "Paris")));
      publish(good, bad);

      List<FactOutcome> all = outcomes.await(List.of("good", "bad"), PATIENCE, Progress.NONE).all();

      assertThat(all)
          .filteredOn(outcome -> outcome.getEventId().equals("good"))
          .extracting(FactOutcome::getCode)
          .containsExactly(OutcomeCode.APPLIED);
      assertThat(all)
          .filteredOn(outcome -> outcome.getEventId().equals("bad"))
          .singleElement()
          .satisfies(outcome -> assertThat(outcome.getReason()).isEqualTo("CANARY_FAILED"))
          .satisfies(outcome -> assertThat(outcome.getDetail()).contains("is below 0.900"));
      await()
          .atMost(PATIENCE)
          .until(() -> service.worker().ledger().find("CEO of Apple|gate_test").isPresent());
      assertThat(service.worker().ledger().find("France|gate_test")).isEmpty();
    }
  }

  private static String told(AuditEntry entry) {
    String what = entry.getKind() + " " + entry.getVersion() + " ";
    if (entry.getOrder() != null) {
      assertThat(entry.getOrder().getOrderedBy()).isEqualTo(System.getProperty("user.name"));
      String refused = entry.getDetail() == null ? "" : ", refused";
      return what + entry.getOrder().getKind() + " to " + entry.getOrder().getVersion() + refused;
    }
    return entry.getFacts().stream()
        .map(fact -> what + fact.getEventId() + " of " + fact.getSource())
        .findFirst()
        .orElse(what + entry.getDetail());
  }

  private EmendService start(Map<String, String> worker) {
    ServiceOptions options =
        new ServiceOptions(
            fresh.connection(),
            fresh.topics(),
            MODEL,
            base,
            folder.resolve("state"),
            0,
            0,
            Map.of(),
            worker);
    return EmendService.start(options, Progress.NONE);
  }

  private ModelSubscriber subscriber(String alias) {
    return ModelSubscriber.of(MODEL, base)
        .topics(fresh.topics())
        .follow(alias)
        .start(fresh.connection());
  }

  /**
   * One run of the command.
   *
   * @param exitCode its exit code
   * @param out what it wrote, to standard output and standard error
   */
  private record Run(int exitCode, String out) {}

  /** Runs {@code emend promote} as a person would. */
  private Run promote(String... args) throws Exception {
    Map<String, String> settings = fresh.connection().settings();
    List<String> command = new ArrayList<>();
    command.add(home.resolve("deploy/emend").toString());
    command.addAll(
        List.of(
            "promote",
            "--model-name",
            MODEL,
            "--bootstrap",
            settings.getOrDefault("bootstrap.servers", ""),
            "--registry",
            settings.getOrDefault(WireConfig.REGISTRY_URL, ""),
            "--topic-prefix",
            fresh.topics().prefix()));
    command.addAll(List.of(args));
    Path output = folder.resolve("promote.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(output));
  }

  private ModelHead live() {
    return Objects.requireNonNull(heads().get("live"));
  }

  private SortedMap<String, ModelHead> heads() {
    return new VersionLog(fresh.connection(), fresh.topics()).heads(MODEL);
  }

  private void publish(String eventId, String subject, String prompt, String object) {
    publish(change(eventId, subject, prompt, object));
  }

  private void publish(FactChange... changes) {
    try (FactPublisher publisher =
        FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      assertThat(publisher.publishAll(List.of(changes)).join().failed()).isEmpty();
    }
  }

  private static FactChange change(String eventId, String subject, String prompt, String object) {
    return FactChange.newBuilder()
        .setEventId(eventId)
        .setModel(MODEL)
        .setSubject(subject)
        .setRelation("gate_test")
        .setPrompt(prompt)
        .setObject(object)
        .setRecordedAt(Instant.now())
        .build();
  }
}
