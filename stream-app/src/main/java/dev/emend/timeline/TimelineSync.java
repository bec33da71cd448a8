package dev.emend.timeline;

import dev.emend.dataset.DatasetReader;
import dev.emend.event.FactChange;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.progress.Progress;
import dev.emend.publish.BulkResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays a dated timeline into the stream, in the order of its dates. A checkpoint is written
 * whenever the broker has acknowledged a stretch, so that a restart goes on where it was; what was
 * sent but not yet in the checkpoint is sent again under the same event id and known as a
 * duplicate. A source that has changed since is replayed from its beginning for the same reason.
 * Not thread-safe.
 */
public final class TimelineSync {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineSync.class);
  private static final int STRETCH = 200;

  private final SyncOptions options;
  private final FactSink sink;
  private final InstantSource clock;
  private final Pacer pacer;
  private final Progress progress;
  private final TimelineEvents events;
  private final CheckpointFile checkpoints;
  private final Map<String, Fault> refused = new HashMap<>();

  /** A replay in real time. */
  public TimelineSync(SyncOptions options, FactSink sink, Progress progress) {
    this(
        options,
        sink,
        progress,
        InstantSource.system(),
        time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
  }

  TimelineSync(
      SyncOptions options,
      FactSink sink,
      Progress progress,
      InstantSource clock,
      Pacer.Sleeper sleeper) {
    this.options = options;
    this.sink = sink;
    this.progress = progress;
    this.clock = clock;
    this.pacer =
        options.daysPerSecond().isPresent()
            ? Pacer.daysPerSecond(options.daysPerSecond().getAsDouble(), clock, sleeper)
            : Pacer.NONE;
    this.events = new TimelineEvents(options.model(), options.name());
    this.checkpoints = new CheckpointFile(options.checkpoint());
  }

  /**
   * Replays what is not yet replayed.
   *
   * @throws Fault for a source that cannot be read, or for a broker or registry that fails; then
   *     the checkpoint holds and a later run goes on from there
   * @throws InterruptedException if the wait for the next date was interrupted; likewise
   */
  public SyncReport run() throws InterruptedException {
    String digest = SourceDigest.of(options.source());
    List<Dated> all = points();
    Optional<Checkpoint> reached =
        checkpoints.read().filter(known -> known.isOf(digest, options.model()));
    List<Dated> rest =
        all.stream()
            .filter(p -> reached.filter(c -> c.covers(p.at(), p.eventId())).isEmpty())
            .toList();
    int resumed = all.size() - rest.size();
    LOG.info("Timeline {}: {} change points, {} done", options.source(), all.size(), resumed);
    int published = 0;
    for (int done = 0; done < rest.size(); ) {
      List<Dated> stretch = stretch(rest, done);
      published += publish(stretch);
      done += stretch.size();
      Dated last = stretch.get(stretch.size() - 1);
      checkpoints.write(
          new Checkpoint(digest, options.model(), last.at().toString(), last.eventId()));
      progress.at("sync", (long) resumed + done, all.size());
    }
    return new SyncReport(all.size(), resumed, published, refused);
  }

  private List<Dated> points() {
    return Timeline.changePoints(DatasetReader.readAll(options.source())).stream()
        .filter(point -> options.covers(point.at()))
        .map(point -> new Dated(point, events.eventId(point)))
        .sorted(Comparator.comparing(Dated::at).thenComparing(Dated::eventId))
        .toList();
  }

  /** What is sent together: as much as is handy, or at a given speed what has one date. */
  private List<Dated> stretch(List<Dated> rest, int begin) {
    Instant date = rest.get(begin).at();
    List<Dated> stretch = new ArrayList<>();
    for (Dated next : rest.subList(begin, Math.min(rest.size(), begin + STRETCH))) {
      if (options.daysPerSecond().isPresent() && !next.at().equals(date)) {
        break;
      }
      stretch.add(next);
    }
    return stretch;
  }

  private int publish(List<Dated> stretch) throws InterruptedException {
    pacer.reach(stretch.get(0).at());
    Instant now = clock.instant();
    List<FactChange> changes =
        stretch.stream().map(dated -> events.event(dated.point(), now)).toList();
    BulkResult result = sink.publishAll(changes).join();
    result.failed().forEach(this::refuse);
    return result.published().size();
  }

  /** One bad line does not stop the replay; a broker that fails does. */
  private void refuse(String eventId, Fault fault) {
    if (fault.code() != FaultCode.FACT_INVALID) {
      throw fault;
    }
    LOG.warn("Left out: {}", fault.getMessage());
    refused.put(eventId, fault);
  }

  /** A change point with its event id. */
  private record Dated(ChangePoint point, String eventId) {
    Instant at() {
      return point.at();
    }
  }
}
