package dev.emend.worker;

import dev.emend.event.EditFeedback;
import dev.emend.event.PhaseSeconds;
import dev.emend.memory.ProcessMemory;
import dev.emend.topic.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions of the loop. Belongs to the polling thread. */
final class WindowCommits {
  private static final Logger log = LoggerFactory.getLogger(WindowCommits.class);

  private final String model;
  private final Topics topics;
  private final DeadWindows deadWindows;
  private final InstantSource clock;
  private final ProcessMemory memory;
  private final Consumer<List<Outgoing>> committed;

  /**
   * Commits for a model.
   *
   * @param committed is told what was published, once it is certain
   */
  WindowCommits(
      String model,
      Topics topics,
      InstantSource clock,
      ProcessMemory memory,
      Consumer<List<Outgoing>> committed) {
    this.committed = committed;
    this.model = model;
    this.topics = topics;
    this.deadWindows = new DeadWindows(topics);
    this.clock = clock;
    this.memory = memory;
  }

  /** Commits a prepared window with the offset behind it. */
  void publish(LogRecord window, PreparedWindow prepared, Publisher publisher, WindowInbox inbox) {
    publisher.publish(prepared.records(), inbox.offsetsAfter(window), inbox.group());
    inbox.done(window);
    committed.accept(prepared.records());
  }

  /** Commits what came of no window: a consolidation or the end of a soak. */
  void publish(Prepared prepared, Publisher publisher, WindowInbox inbox) {
    publisher.publish(prepared.records(), Map.of(), inbox.group());
    committed.accept(prepared.records());
  }

  /** Commits a window that cannot be read as a dead letter, with the offset behind it. */
  void deadLetter(LogRecord window, String why, Publisher publisher, WindowInbox inbox) {
    log.warn("the window at {} goes to the dead letters: {}", window.place(), why);
    publisher.publishEncoded(
        List.of(deadWindows.letter(window, why), publisher.encode(idle())),
        inbox.offsetsAfter(window),
        inbox.group());
    inbox.done(window);
  }

  /** Tells the scheduler that this worker waits for windows. */
  void announceIdle(Publisher publisher, ConsumerGroupMetadata group) {
    publisher.publish(List.of(idle()), Map.of(), group);
  }

  private Outgoing idle() {
    PhaseSeconds none =
        PhaseSeconds.newBuilder()
            .setQueue(0)
            .setTargets(0)
            .setKeys(0)
            .setSolve(0)
            .setApply(0)
            .setJudge(0)
            .setTotal(0)
            .build();
    EditFeedback feedback =
        EditFeedback.newBuilder()
            .setModel(model)
            .setBatchId(null)
            .setSequence(0)
            .setSeconds(none)
            .setPeakBytes(memory.resident())
            .setFinishedAt(clock.instant())
            .build();
    return Outgoing.withModel(topics.feedback(), model, feedback);
  }
}
