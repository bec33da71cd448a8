package dev.emend.demo;

import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelVersion;
import dev.emend.event.FactChange;
import dev.emend.local.Parts;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.outcome.Outcomes;
import dev.emend.progress.Progress;
import dev.emend.subscribe.VersionLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the demonstration on a stack of its own and leaves nothing behind. Used once, by one thread;
 * {@link #close} may come from another and ends it early.
 */
public final class Demo implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path base;
  private final Story story;
  private final Progress progress;
  private final InstantSource clock = InstantSource.system();
  private final Parts parts = new Parts();

  /** A demonstration with the model in the folder {@code base}, told to {@code story}. */
  public Demo(Path base, Story story, Progress progress) {
    this.base = base;
    this.story = story;
    this.progress = progress;
  }

  /**
   * Runs it. Takes about a minute.
   *
   * @throws dev.emend.fault.Fault if a part does not start or an outcome does not come
   */
  public DemoResult run() throws InterruptedException {
    Instant began = clock.instant();
    DemoContent content = DemoContent.load();
    DemoScript script = new DemoScript(DemoStage.MODEL, began, content.changes());
    List<Question> asked = asked(content);
    story.begins(base, script.first().size() + script.second().size());
    Interview before = Interview.of(base, asked);
    ServedTimes times = new ServedTimes(clock);
    DemoStage stage = DemoStage.start(base, times, parts, progress);
    story.running(stage);

    Outcomes outcomes = play(script, stage);
    ModelVersion served = stage.subscriber().awaitVersion(outcomes.lastVersion(), PATIENCE);
    Path folder = stage.stack().folder().resolve("subscriber");
    ModelSnapshot.write(stage.subscriber().current(), folder);
    List<FactChange> events = script.all();
    DemoResult result =
        new DemoResult(
            events.size(),
            outcomes,
            new VersionLog(stage.connection(), DemoStage.TOPICS).versions(DemoStage.MODEL),
            Standing.of(events, outcomes),
            before,
            Interview.of(folder, asked),
            content.probeQuestions(),
            times.latencies(outcomes.all()),
            isWorkers(served, folder, stage),
            Duration.between(began, clock.instant()).toMillis() / 1e3);
    story.ends(result);
    return result;
  }

  /** The changed facts and the untouched ones. */
  private static List<Question> asked(DemoContent content) {
    return Stream.concat(
            content.changes().stream().map(DemoContent::question),
            content.probeQuestions().stream())
        .distinct()
        .toList();
  }

  private Outcomes play(DemoScript script, DemoStage stage) {
    try (OutcomeFeed feed = OutcomeFeed.fromNow(stage.connection(), DemoStage.TOPICS);
        FrankPublisher publisher = new FrankPublisher(stage.connection(), DemoStage.TOPICS)) {
      Outcomes first = publish(script.first(), publisher, feed);
      return first.and(publish(script.second(), publisher, feed));
    }
  }

  private Outcomes publish(List<FactChange> wave, FrankPublisher publisher, OutcomeFeed feed) {
    publisher.publish(wave);
    story.published(wave);
    List<String> ids = new ArrayList<>();
    wave.forEach(event -> ids.add(event.getEventId()));
    // The worker's own progress is shown; two displays at once would garble each other.
    return feed.await(ids, PATIENCE, Progress.NONE);
  }

  /** Compares what the worker serves, what the subscriber serves, and what its folder holds. */
  private static boolean isWorkers(ModelVersion served, Path folder, DemoStage stage) {
    ModelVersion written = ModelSnapshot.open(DemoStage.MODEL, folder).version();
    return stage.service().worker().live().filter(served::equals).isPresent()
        && served.equals(written);
  }

  /** Stops everything. Harmless twice. */
  @Override
  public void close() {
    parts.close();
  }
}
