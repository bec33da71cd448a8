package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.publish.FactPublisher;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.throughput.AcknowledgingWorker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the worker is away the queue grows to its limit and no further, and nothing is lost. */
class BackpressureIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FACTS = 1_500;
  private static final int CAPACITY = 40;
  private static final int FETCHED = 20;

  private final FreshTopics fresh = FreshTopics.create();
  @TempDir Path folder;

  @Test
  void shouldStopReadingWhenTheQueueIsFullAndGoOnWhenTheWorkerTakesFromIt() throws Exception {
    try (StreamApp app = start()) {
      assertThat(app.awaitRunning(PATIENCE)).isTrue();
      publish();
      await("a partition is not read").atMost(PATIENCE).until(() -> meter(app, "intake_shut") > 0);
      assertThat(meter(app, "stream_backlog"))
          .isBetween((double) CAPACITY, CAPACITY + 3.0 * FETCHED);
      try (AcknowledgingWorker worker =
          AcknowledgingWorker.start(fresh.connection(), fresh.topics(), Facts.MODEL)) {
        await("all facts edited").atMost(PATIENCE).until(() -> worker.acknowledged() == FACTS);
      }
      await("read again").atMost(PATIENCE).until(() -> meter(app, "intake_shut") == 0);
    }
    assertThat(Records.of(fresh, fresh.topics().outcomes(), FactOutcome.class))
        .hasSize(FACTS)
        .allMatch(record -> record.value().getCode() == OutcomeCode.APPLIED);
  }

  private StreamApp start() {
    return StreamApp.start(
        StreamAppConfig.from(
            fresh
                .connection()
                .with("emend.stream.application.id", fresh.topics().prefix() + "stream")
                .with("emend.stream.state.dir", folder.resolve("state").toString())
                .with("emend.window.capacity", Integer.toString(CAPACITY))
                .with("emend.window.max.facts", "10")
                .with("main.consumer.max.poll.records", Integer.toString(FETCHED))));
  }

  private void publish() {
    List<FactChange> changes =
        IntStream.range(0, FACTS)
            .mapToObj(i -> Facts.change("e" + i, "S" + i, "O" + i, 1))
            .toList();
    try (FactPublisher publisher =
        FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      assertThat(publisher.publishAll(changes).join().failed()).isEmpty();
    }
  }

  /** The sum of a gauge over its tags. */
  private static double meter(StreamApp app, String name) throws IOException, InterruptedException {
    String page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(app.metrics()).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    return page.lines()
        .filter(line -> !line.startsWith("#") && line.contains(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
