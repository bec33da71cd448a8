package dev.emend.throughput;

import dev.emend.event.FactChange;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.local.LocalStack;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.CompatibilitySetup;
import dev.emend.topic.Connection;
import dev.emend.topic.Topic;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** One load through both topologies, on topics of its own. One thread. */
final class StreamBenchRound {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String MODEL = "bench";
  private static final int SLICE = 10_000;

  private final Topics topics;
  private final Connection connection;
  private final Path folder;
  private final List<FactChange> changes;
  private final int events;

  StreamBenchRound(LocalStack stack, String prefix, StreamBenchOptions options, EventLoad load) {
    this.topics = Topics.named(prefix);
    this.connection =
        options
            .settings(Connection.to(stack.bootstrapServers(), stack.registryUrl().toString()))
            .with("emend.topic.prefix", prefix);
    this.folder = stack.folder();
    this.changes = load.changes(MODEL, Instant.now());
    this.events = (int) changes.stream().map(FactChange::getEventId).distinct().count();
  }

  StreamBenchResult run(Progress progress) throws InterruptedException {
    createTopics();
    publish(progress);
    Cost pass = passThrough(progress);
    return streamApp(pass, progress);
  }

  private String passedThrough() {
    return topics.prefix() + "passed-through";
  }

  private void createTopics() {
    try (Admin admin = Admin.create(connection.toClientConfig())) {
      new TopicCreator(admin, PATIENCE).ensure(topics);
      NewTopic target = new NewTopic(passedThrough(), Topic.FACTS.partitions(), (short) 1);
      BrokerFaults.await("create a topic", admin.createTopics(List.of(target)).all(), PATIENCE);
    }
    new CompatibilitySetup(connection.registry()).apply(topics);
  }

  private void publish(Progress progress) {
    try (FactPublisher publisher = FactPublisher.to(connection).topics(topics).open()) {
      for (int from = 0; from < changes.size(); from += SLICE) {
        int to = Math.min(changes.size(), from + SLICE);
        int failed = publisher.publishAll(changes.subList(from, to)).join().failed().size();
        if (failed > 0) {
          throw new Fault(FaultCode.INTERNAL, failed + " events of the load were refused");
        }
        progress.at("published", to, changes.size());
      }
    }
  }

  private StreamAppConfig config(String name) {
    return StreamAppConfig.from(
        connection
            .with("emend.stream.application.id", topics.prefix() + name)
            .with("emend.stream.state.dir", folder.resolve(topics.prefix() + name).toString()));
  }

  private Cost passThrough(Progress progress) throws InterruptedException {
    try (RecordCount count = new RecordCount(connection, passedThrough());
        PassThrough through =
            PassThrough.start(connection, config("pass-through"), passedThrough())) {
      requireRunning(through.awaitRunning(PATIENCE));
      Cost.Meter meter = Cost.begin();
      count.await(changes.size(), PATIENCE, "passed through", progress);
      return meter.end();
    }
  }

  private StreamBenchResult streamApp(Cost pass, Progress progress) throws InterruptedException {
    StreamAppConfig config = config("stream");
    try (AcknowledgingWorker worker = AcknowledgingWorker.start(connection, topics, MODEL);
        RecordCount count = new RecordCount(connection, topics.outcomes());
        StreamApp app = StreamApp.start(config)) {
      requireRunning(app.awaitRunning(PATIENCE));
      PeakMemory peak = new PeakMemory(() -> app.stateSize().memoryBytes());
      Progress watching =
          (what, done, total) -> {
            peak.look();
            progress.at(what, done, total);
          };
      Cost.Meter meter = Cost.begin();
      count.await(changes.size(), PATIENCE, "outcomes", watching);
      Cost cost = meter.end();
      if (count.keys() != events) {
        throw new Fault(
            FaultCode.INTERNAL,
            "%d events were published, %d have outcomes".formatted(events, count.keys()));
      }
      return new StreamBenchResult(
          changes.size(),
          worker.acknowledged(),
          cost,
          pass,
          app.stateSize(),
          peak.bytes(),
          config.state().cache().bytes());
    }
  }

  private static void requireRunning(boolean running) {
    if (!running) {
      throw new Fault(FaultCode.TIMEOUT, "the topology did not start within " + PATIENCE);
    }
  }
}
