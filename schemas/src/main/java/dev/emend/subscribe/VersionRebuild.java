package dev.emend.subscribe;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.PayloadSource;
import dev.emend.delta.StoredPayloads;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.VersionProof;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Rebuilds the weights of one version of a model, from the cheapest start and the log. Thread-safe.
 */
public final class VersionRebuild {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String model;
  private final Topics topics;
  private final Starts starts;
  private final Supplier<? extends Consumer<String, byte[]>> consumers;
  private final LogRecords records;
  private final Advance advance;
  private final InstantSource clock;

  /** Rebuilds versions of a model. */
  public VersionRebuild(Connection connection, Topics topics, ModelSources sources) {
    this(
        topics,
        sources,
        LogConsumers.of(connection),
        new LogRecords(connection),
        InstantSource.system());
  }

  VersionRebuild(
      Topics topics,
      ModelSources sources,
      Supplier<? extends Consumer<String, byte[]>> consumers,
      LogRecords records,
      InstantSource clock) {
    SignatureCheck signatures = new SignatureCheck(sources.trust());
    this.topics = topics;
    this.model = sources.model();
    this.starts = new Starts(model, sources.base(), Optional.empty(), sources.shelf(), signatures);
    this.consumers = consumers;
    this.records = records;
    this.clock = clock;
    this.advance =
        new Advance(
            ExactUpdate.onAllCores(),
            log ->
                sources
                    .blobs()
                    .<PayloadSource>map(store -> new StoredPayloads(store, log))
                    .orElse(log),
            signatures);
  }

  /**
   * The weights of a version, verified against its digests.
   *
   * @throws Fault VERSION_CHAIN if no start is early enough; TIMEOUT if the log does not hold the
   *     version; what is wrong with a delta otherwise
   */
  public ModelState at(long version) {
    return served(version).state();
  }

  /** Rebuilds a version and puts it on a shelf, if it is not there. */
  public void shelve(long version, SnapshotShelf shelf) {
    shelf.add(served(version));
  }

  private Served served(long version) {
    Served start = starts.atMost(version);
    if (start.version() == version) {
      return start;
    }
    long first = firstInLog();
    if (first <= start.version() + 1) {
      return from(start, version);
    }
    // The log was cut behind the cheapest start: a later one is needed.
    return from(
        starts.reaching(first, version).orElseThrow(() -> notThere(version, first)), version);
  }

  private Fault notThere(long version, long first) {
    return new Fault(
        FaultCode.VERSION_CHAIN,
        "version %d of %s cannot be rebuilt: the log begins with version %d, and no snapshot reaches it"
            .formatted(version, model, first));
  }

  private long firstInLog() {
    try (DeltaLog log =
        DeltaLog.open(
            consumers.get(), records, topics, model, Optional.empty(), Optional.empty(), clock)) {
      Instant end = clock.instant().plus(PATIENCE);
      while (clock.instant().isBefore(end)) {
        // As if all were known, so that no payloads are fetched.
        List<LoggedDelta> found = log.next(POLL, Long.MAX_VALUE, Long.MAX_VALUE);
        if (!found.isEmpty()) {
          return found.get(0).version();
        }
      }
      return Long.MAX_VALUE;
    }
  }

  private Served from(Served start, long version) {
    ModelState state = start.state();
    Served rebuilt = start;
    try (DeltaLog log =
        DeltaLog.open(
            consumers.get(), records, topics, model, Optional.empty(), start.position(), clock)) {
      Instant progress = clock.instant();
      while (state.version().version() < version) {
        List<LoggedDelta> found = log.next(POLL, state.version().version(), version);
        if (!found.isEmpty()) {
          progress = clock.instant();
        } else if (clock.instant().isAfter(progress.plus(PATIENCE))) {
          throw new Fault(
              FaultCode.TIMEOUT,
              "version %d of %s did not come from %s; the last that did is %d"
                  .formatted(version, model, topics.deltas(), state.version().version()));
        }
        state = after(state, found);
        rebuilt = found.isEmpty() ? rebuilt : served(state, found.get(found.size() - 1));
      }
    } catch (KafkaException e) {
      throw BrokerFaults.of("read " + topics.deltas(), e);
    }
    return rebuilt;
  }

  /** With the signature of the version, so that a snapshot of it can be held to that. */
  private static Served served(ModelState state, LoggedDelta last) {
    return new Served(state, Optional.of(last.after()), VersionProof.of(last.delta()));
  }

  private ModelState after(ModelState before, List<LoggedDelta> found) {
    long known = before.version().version();
    List<LoggedDelta> fresh = found.stream().filter(delta -> delta.version() > known).toList();
    return advance.merged(fresh, before).orElseGet(() -> oneByOne(before, fresh));
  }

  private ModelState oneByOne(ModelState before, List<LoggedDelta> fresh) {
    ModelState state = before;
    for (LoggedDelta delta : fresh) {
      state = advance.one(delta, state);
    }
    return state;
  }
}
