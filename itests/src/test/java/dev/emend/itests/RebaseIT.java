package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.cli.Command;
import dev.emend.cli.EmendMain;
import dev.emend.evaluate.RandomModel;
import dev.emend.event.FactChange;
import dev.emend.event.OutcomeCode;
import dev.emend.history.ModelHistory;
import dev.emend.history.Spell;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.stream.StreamSetting;
import dev.emend.subscribe.VersionLog;
import dev.emend.topic.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line of versions moves to a base model of other weights and another width. */
class RebaseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int FACTS = 12;
  private static final String OLD = "old";
  private static final String NEW = "new";

  private static final String GATES_OFF =
      "gate.efficacy=off\ngate.locality=off\ngate.forgetting=off\ngate.drift=off\ngate.perplexity=off\n";

  private final Path shipped =
      Path.of(System.getProperty("emend.home", "..")).resolve("deploy/model");
  private final FreshTopics fresh = FreshTopics.create();
  private final VersionLog log = new VersionLog(fresh.connection(), fresh.topics());
  @TempDir Path folder;

  @Test
  void shouldGoOnWithARebaseOntoAnotherModelThatWasKilledInTheMiddle() throws Exception {
    Path gates = Files.writeString(folder.resolve("worker.properties"), GATES_OFF);
    RandomModel.write(folder.resolve("base"), shipped, 64, 2, 1);
    RandomModel.write(folder.resolve("other"), shipped, 128, 2, 2);
    try (EmendService service = start(SettingsFile.read(gates))) {
      publish();
      assertThat(objects(OLD)).hasSize(FACTS);

      Process first = process();
      try {
        await("the first facts are over")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> !first.isAlive() || !log.versions(NEW).isEmpty());
        assertThat(first.isAlive()).as(Files.readString(folder.resolve("first.txt"))).isTrue();
      } finally {
        first.destroyForcibly();
        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
      }
      assertThat(log.versions(NEW)).as("killed in the middle").hasSizeLessThan(FACTS);

      Command second = Command.run(rebase());
      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(
              new ObjectMapper()
                  .readTree(folder.resolve("report.json").toFile())
                  .path("outcomes")
                  .path(OutcomeCode.APPLIED.name())
                  .asInt())
          .isEqualTo(FACTS);
      assertThat(objects(NEW)).containsExactlyInAnyOrderElementsOf(objects(OLD));
      assertThat(log.versions(NEW).stream().flatMap(v -> v.version().events().stream()))
          .as("each fact was edited once")
          .doesNotHaveDuplicates()
          .hasSize(FACTS);
      assertThat(service.worker().live()).isPresent();
    }
  }

  private List<String> objects(String model) {
    ModelHistory history = ModelHistory.of(log.versions(model));
    return history.at(history.newest()).stream().map(Spell::object).toList();
  }

  private void publish() {
    List<FactChange> changes =
        IntStream.range(0, FACTS)
            .mapToObj(i -> Facts.change("e" + i, "Person " + i, "Language " + i, 1))
            .toList();
    changes.forEach(change -> change.setModel(OLD));
    try (OutcomeFeed outcomes = OutcomeFeed.fromNow(fresh.connection(), fresh.topics());
        FactPublisher publisher =
            FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      publisher.publishAll(changes).join();
      List<String> ids = changes.stream().map(FactChange::getEventId).toList();
      assertThat(outcomes.await(ids, PATIENCE, Progress.NONE).counts())
          .containsOnlyKeys(OutcomeCode.APPLIED);
    }
  }

  /** One fact a window, so that a rebase takes many. */
  private EmendService start(Map<String, String> gates) {
    return EmendService.start(
        new ServiceOptions(
            fresh.connection(),
            fresh.topics(),
            OLD,
            folder.resolve("base"),
            folder.resolve("state"),
            0,
            0,
            Map.of(
                StreamSetting.APPLICATION_ID.key(),
                fresh.topics().prefix() + "rebase",
                StreamSetting.WINDOW_FACTS.key(),
                "1"),
            gates),
        Progress.NONE);
  }

  private Process process() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-Demend.terminal=false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmendMain.class.getName());
    command.addAll(List.of(rebase()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("first.txt").toFile())
        .start();
  }

  private String[] rebase() {
    return new String[] {
      "rebase",
      "--base",
      folder.resolve("other").toString(),
      "--as",
      NEW,
      "--state",
      folder.resolve("new-state").toString(),
      "--worker-config",
      folder.resolve("worker.properties").toString(),
      "--report",
      folder.resolve("report.json").toString(),
      "--model-name",
      OLD,
      "--bootstrap",
      fresh.servers().bootstrapServers(),
      "--registry",
      fresh.servers().registryUrl().toString(),
      "--topic-prefix",
      fresh.topics().prefix()
    };
  }
}
