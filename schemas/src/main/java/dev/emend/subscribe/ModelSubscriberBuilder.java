package dev.emend.subscribe;

import dev.emend.delta.BlobStore;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.PayloadSource;
import dev.emend.delta.StoredPayloads;
import dev.emend.sign.Trust;
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

/**
 * Describes a {@link ModelSubscriber}. What matters first: {@link #keep} makes it durable, {@link
 * #listener} tells of versions. Not thread-safe.
 */
public final class ModelSubscriberBuilder {
  private final String model;
  private final Path base;
  private final List<VersionListener> listeners = new ArrayList<>();
  private Optional<KeptFolder> kept = Optional.empty();
  private Optional<SnapshotShelf> shelf = Optional.empty();
  private Optional<SnapshotRule> snapshots = Optional.empty();
  private Optional<BlobStore> blobs = Optional.empty();
  private Optional<String> alias = Optional.empty();
  private Optional<Trust> trust = Optional.empty();
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
   * Keeps this folder current, as {@code HuggingFaceFolderSink} does, with the place in the log; a
   * subscriber that is started on it again goes on from there. Without a folder it starts from the
   * base model each time.
   */
  public ModelSubscriberBuilder keep(Path current) {
    this.kept = Optional.of(new KeptFolder(current));
    return this;
  }

  /**
   * Serves the versions that an alias points to, one after another as it is moved, instead of every
   * version; {@code live} and {@code canary} are moved by the worker, any other by whoever owns it.
   * Before the alias points anywhere, what the folder or the base model holds is served. When it is
   * moved back, the earlier version is rebuilt and served.
   */
  public ModelSubscriberBuilder follow(String name) {
    this.alias = Optional.of(name);
    return this;
  }

  /**
   * Requires signatures: of every version, of the alias that is followed, and of weights that are
   * started from; only the base model needs none, as the first delta states its digest. What is not
   * signed by a believed key ends the subscription. Without this nothing is asked of signatures.
   */
  public ModelSubscriberBuilder trust(Trust keys) {
    this.trust = Optional.of(keys);
    return this;
  }

  /** Where payloads are that the log only names; without it such a delta is refused. */
  public ModelSubscriberBuilder blobs(BlobStore store) {
    this.blobs = Optional.of(store);
    return this;
  }

  /** Starts from a snapshot where that is cheaper than reading the log from the beginning. */
  public ModelSubscriberBuilder snapshots(SnapshotShelf snapshotShelf) {
    this.shelf = Optional.of(snapshotShelf);
    return this;
  }

  /** As {@link #snapshots(SnapshotShelf)}, and adds snapshots by this rule. */
  public ModelSubscriberBuilder snapshots(SnapshotShelf snapshotShelf, SnapshotRule rule) {
    this.snapshots = Optional.of(rule);
    return snapshots(snapshotShelf);
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
    SignatureCheck signatures = new SignatureCheck(trust);
    Starts starts = new Starts(model, base, kept, shelf, signatures);
    Served first = starts.cheapest();
    kept.filter(f -> !holds(f, first)).ifPresent(f -> f.write(first));
    Serving serving = new Serving(first);
    Announcer announcer = new Announcer(listeners(serving), serving, waiting);
    Follower follower =
        new Follower(
            from -> DeltaLog.open(consumers.get(), records, topics, model, alias, from, clock),
            serving,
            announcer,
            new Advance(update, this::elsewhere, signatures),
            new Goal(alias, signatures),
            starts);
    ModelSubscriber subscriber = new ModelSubscriber(serving, announcer, follower, closeTimeout);
    subscriber.start();
    return subscriber;
  }

  private static boolean holds(KeptFolder folder, Served served) {
    return !folder.isEmpty() && ModelSnapshot.versionIn(folder.path()) == served.version();
  }

  /** The folders come first, so that a listener finds there what it is told of. */
  private List<VersionListener> listeners(Serving serving) {
    List<VersionListener> told = new ArrayList<>();
    kept.ifPresent(f -> told.add(new FolderKeeper(f, serving)));
    if (shelf.isPresent() && snapshots.isPresent()) {
      told.add(new SnapshotKeeper(shelf.get(), snapshots.get(), serving));
    }
    told.addAll(listeners);
    return told;
  }

  private PayloadSource elsewhere(PayloadSource log) {
    return blobs.<PayloadSource>map(store -> new StoredPayloads(store, log)).orElse(log);
  }
}
