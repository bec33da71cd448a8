package dev.emend.itests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.evaluate.ModelEditors;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.memit.EditOverrides;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.worker.EditorWorker;
import dev.emend.worker.KeptState;
import dev.emend.worker.MemitWindowEditor;
import dev.emend.worker.WorkerConfig;
import dev.emend.worker.WorkerDoor;
import dev.emend.worker.WorkerHealth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers for one model, on a real broker. */
class TwoWorkersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String MODEL = "tiny";
  private static final int WINDOWS = 3;

  private final FreshTopics fresh = FreshTopics.create();
  private final WindowFeed windows = new WindowFeed(fresh, MODEL);
  private final List<EditorWorker> workers = new ArrayList<>();
  @TempDir Path folder;
  private Path base;

  @BeforeEach
  void writeModel() throws IOException {
    base = TinyGpt.write(folder.resolve("base"), 1);
  }

  @AfterEach
  void close() {
    workers.forEach(EditorWorker::close);
    windows.close();
  }

  @Test
  void shouldLetTheStandbyGoOnWhereTheOtherEnded() {
    EditorWorker first = ordinary("a");
    first.awaitLive(PATIENCE);
    EditorWorker standby = ordinary("b");
    windows.say(1);
    awaitVersion(first, 1);
    assertThat(standby.health().state()).isEqualTo(WorkerHealth.State.STANDBY);

    windows.say(2);
    first.close();

    awaitVersion(standby, 2);
    assertThat(first.health().state()).isEqualTo(WorkerHealth.State.STOPPED);
    expectEachWindowOnce(2);
  }

  @Test
  void shouldFenceEachOtherAndDoEveryWindowOnceWhenNeitherKnowsOfTheOther() throws Exception {
    EditorWorker one = rival("a", Duration.ofMillis(200));
    one.awaitLive(PATIENCE);
    EditorWorker other = rival("b", Duration.ofSeconds(1)); // or they would only fence each other
    other.awaitLive(PATIENCE);
    for (int window = 1; window <= WINDOWS; window++) {
      windows.say(window);
      awaitVersion(one, window);
      awaitVersion(other, window);
    }

    // Whoever comes second finds that it is fenced, and then it is the other's turn.
    assertThat(fenced(one) + fenced(other)).isGreaterThanOrEqualTo(WINDOWS);
    expectEachWindowOnce(WINDOWS);
    assertThat(one.live()).isEqualTo(other.live());
    assertThat(one.ledger().facts()).isEqualTo(other.ledger().facts());
  }

  private void expectEachWindowOnce(int count) {
    assertThat(values(fresh.topics().deltas(), ModelDelta.class))
        .extracting(ModelDelta::getVersion)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(values(fresh.topics().deltas(), ModelDelta.class))
        .extracting(ModelDelta::getBatchId)
        .containsExactlyElementsOf(windows.said().stream().map(EditBatch::getBatchId).toList());
    assertThat(values(fresh.topics().outcomes(), FactOutcome.class))
        .allMatch(outcome -> outcome.getCode() == OutcomeCode.APPLIED)
        .extracting(FactOutcome::getEventId)
        .containsExactlyInAnyOrderElementsOf(windows.events());
  }

  private <T extends SpecificRecord> List<T> values(String topic, Class<T> type) {
    return Records.of(fresh, topic, type).stream().map(ConsumerRecord::value).toList();
  }

  private static void awaitVersion(EditorWorker worker, long version) {
    await("version " + version)
        .atMost(PATIENCE)
        .until(
            () -> worker.live().map(ModelVersion::version).orElse(0L), found -> found == version);
  }

  private EditorWorker ordinary(String member) {
    LanguageModel model = LanguageModel.open(base, ModelOptions.threads(1));
    WorkerConfig config = config(member, Duration.ofMillis(200));
    return started(
        new EditorWorker(
            config,
            fresh.connection(),
            ModelState.open(MODEL, model.folder()),
            editor(model, config)));
  }

  private EditorWorker rival(String member, Duration retryPause) {
    LanguageModel model = LanguageModel.open(base, ModelOptions.threads(1));
    WorkerConfig config = config(member, retryPause);
    return started(
        WorkerDoor.rival(
            config,
            fresh.connection(),
            ModelState.open(MODEL, model.folder()),
            editor(model, config)));
  }

  private static double fenced(EditorWorker worker) throws IOException, InterruptedException {
    URI page = URI.create("http://localhost:" + worker.metricsPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("emend_worker_fenced"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private EditorWorker started(EditorWorker worker) {
    workers.add(worker);
    worker.start();
    return worker;
  }

  private static MemitWindowEditor editor(LanguageModel model, WorkerConfig config) {
    return new MemitWindowEditor(
        model,
        ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), Progress.NONE),
        Progress.NONE,
        KeptState.none(),
        config.canary());
  }

  private WorkerConfig config(String member, Duration retryPause) {
    Map<String, String> given = new HashMap<>(WindowFeed.OPEN_GATES);
    given.put("model", MODEL);
    given.put("member", member);
    given.put("topic.prefix", fresh.topics().prefix());
    given.put("retry.pause", retryPause.toMillis() + "ms");
    return WorkerConfig.from(given);
  }
}
