package dev.emend.subscribe;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelSnapshot;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link ModelSubscriber}. What matters first: {@link #keep} makes it durable, {@link
 * #listener} tells of versions. Not thread-safe.
 */
public final class ModelSubscriberBuilder {
  private final String model;
  private final Path base;
  private final List<VersionListener> listeners = new ArrayList<>();
  private @Nullable Path folder;
  private Topics topics = Topics.standard();
  private ExactUpdate update = ExactUpdate.sequential();
  private int waiting = 1_000;
  private InstantSource clock = InstantSource.system();
  private Duration closeTimeout = Duration.ofSeconds(30);

  ModelSubscriberBuilder(String model, Path base) {
    this.model = model;
    this.base = base;
  }

  /**
   * Keeps this folder current, as {@link HuggingFaceFolderSink} does, with the place in the log; a
   * subscriber that is started on it again goes on from there. Without a folder it starts from the
   * base model each time.
   */
  public ModelSubscriberBuilder keep(Path current) {
    this.folder = current;
    return this;
  }

  /** Adds a listener; they are called in the order in which they were added. */
  public ModelSubscriberBuilder listener(VersionListener listener) {
    listeners.add(listener);
    return this;
  }

  /** The set of topics; default {@link Topics#standard()}. */
  public ModelSubscriberBuilder topics(Topics set) {
    this.topics = set;
    return this;
  }

  /** How updates are computed, for example on several threads; default the reading thread. */
  public ModelSubscriberBuilder update(ExactUpdate arithmetic) {
    this.update = arithmetic;
    return this;
  }

  /**
   * How many served versions may wait for a slow listener before reading pauses, at least 1;
   * default 1,000. Only names and numbers wait, no weights.
   */
  public ModelSubscriberBuilder waiting(int versions) {
    this.waiting = versions;
    return this;
  }

  /** What time it is; default the system's clock. */
  public ModelSubscriberBuilder clock(InstantSource now) {
    this.clock = now;
    return this;
  }

  /** How long closing may wait, for the reading thread and for the listeners; default 30 s. */
  public ModelSubscriberBuilder closeTimeout(Duration timeout) {
    this.closeTimeout = timeout;
    return this;
  }

  /**
   * Opens the weights, checks their digest, and begins to follow. The broker need not be there yet.
   *
   * @throws dev.emend.fault.Fault if a folder cannot be read or does not hold what it states
   */
  public ModelSubscriber start(Connection connection) {
    return start(LogConsumers.of(connection), new LogRecords(connection));
  }

  /** For tests: reads with these consumers. */
  ModelSubscriber start(
      Supplier<? extends Consumer<String, byte[]>> consumers, LogRecords records) {
    Optional<KeptFolder> kept = Optional.ofNullable(folder).map(KeptFolder::new);
    Served first =
        kept.map(f -> f.open(model, base))
            .orElseGet(() -> new Served(ModelSnapshot.open(model, base), Optional.empty()));
    kept.ifPresent(f -> f.writeIfEmpty(first));
    Serving serving = new Serving(first);
    List<VersionListener> told = new ArrayList<>(listeners);
    kept.ifPresent(f -> told.add(0, new FolderKeeper(f, serving)));
    Announcer announcer = new Announcer(told, serving, waiting);
    Follower follower =
        new Follower(
            from -> DeltaLog.open(consumers.get(), records, topics, model, from, clock),
            serving,
            announcer,
            update);
    ModelSubscriber subscriber = new ModelSubscriber(serving, announcer, follower, closeTimeout);
    subscriber.start();
    return subscriber;
  }
}
