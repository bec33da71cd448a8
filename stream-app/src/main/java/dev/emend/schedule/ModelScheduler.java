package dev.emend.schedule;

import dev.emend.event.CloseReason;
import dev.emend.event.ConsolidationCause;
import dev.emend.schedule.learn.Estimate;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.WindowLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one model: group commit whose caps are learned. Its owner tells it what comes,
 * what it handed over and what the worker reports, asks it for decisions, and keeps what it has
 * learned. Not thread-safe.
 *
 * <p>The size of a window is the least of: what was configured; twice what went well before; what
 * keeps the effect above its floors; what keeps the worker within its memory (fact by fact, while
 * the window is filled); what makes facts least late ({@link PaceSearch}). When it closes is said
 * by {@link GroupCommitPolicy}, with one thing added: once it is known what windows take, the next
 * one is closed so early that it reaches the worker when that may have finished: at the lower end
 * of the interval, because a worker that waits costs more than a window that is a little smaller.
 * Its deadline does not close it before: it would start no sooner, and nothing could join it.
 */
public final class ModelScheduler implements WindowScheduler {
  private static final Duration RECONSIDER = Duration.ofMillis(500);

  /** About half a look at the clock: better a little early than a whole look late. */
  private static final Duration EARLY = Duration.ofMillis(25);

  /** A window is not expected to take less than this share of the mean, however little is known. */
  private static final double SURELY = 0.85;

  private static final Duration FOREVER = Duration.ofDays(365_000);

  private final Objectives objectives;
  private final Learning learning;
  private final WindowSizing sizing;
  private final PaceSearch search;
  private final ArrivalTrace trace = new ArrivalTrace();
  private final InFlight inFlight = new InFlight();
  private Pace pace;
  private WindowSizing.@Nullable Limit limit; // null: something was learned since
  private Instant paceUntil = Instant.MIN;
  private Instant restingSince = Instant.MAX;

  /**
   * A scheduler that goes on from what was learned before.
   *
   * @param objectives what it aims at
   * @param start what an earlier one, or a calibration, has learned
   */
  public ModelScheduler(Objectives objectives, LearnedState start) {
    this.objectives = objectives;
    this.learning = Learning.from(start);
    this.sizing = new WindowSizing(objectives, learning);
    this.search = new PaceSearch(objectives.linger());
    this.pace = new Pace(objectives.cap().facts(), objectives.linger());
  }

  @Override
  public void arrived(Instant now) {
    trace.add(now);
    restingSince = now;
  }

  @Override
  public void handedOver(long sequence, WindowShape shape, Instant now) {
    boolean known = learning.latency().learned() && shape.facts() > 0;
    inFlight.add(sequence, shape, now, known ? shortest(shape) : -1);
    paceUntil = Instant.MIN;
    if (shape.facts() == 0) {
      learning.consolidationAsked();
    }
  }

  private double shortest(WindowShape shape) {
    Estimate seconds = learning.latency().seconds(sizing.load(shape));
    return Math.max(seconds.low(), SURELY * seconds.mean());
  }

  /** The worker has started, rests, and occupies so many bytes; 0 if unknown. */
  public void workerStarted(long bytes) {
    inFlight.forgetAll();
    learning.workerStarted();
    learning.observe(Observation.atRest(bytes), objectives.floors());
  }

  @Override
  public void finished(Report report, Instant now) {
    Optional<InFlight.Window> window = inFlight.finish(report.sequence(), now);
    restingSince = now;
    paceUntil = Instant.MIN;
    limit = null;
    learning.stockIs(report.stock());
    if (report.consolidated()) {
      learning.consolidated();
    }
    if (report.consolidated() || window.filter(known -> known.shape().facts() == 0).isPresent()) {
      return;
    }
    learning.observe(report.window(), objectives.floors());
    window.ifPresent(known -> learn(known, report));
  }

  private void learn(InFlight.Window window, Report report) {
    WindowLoad load = report.window().load();
    learning.observeTokens(window.shape().letters(), window.shape().longest(), load);
    if (window.direct()) {
      learning.observeTransit(report.queued());
    }
  }

  /** What was learned so far, for a scheduler after this one. */
  public LearnedState learned() {
    return learning.state();
  }

  @Override
  public Decision decide(Backlog backlog, WorkerState worker, Instant now) {
    Optional<ConsolidationCause> consolidation = consolidation(backlog, worker, now);
    if (consolidation.isPresent()) {
      return new Decision.Consolidate(consolidation.get());
    }
    if (backlog.ready() == 0) {
      return Decision.WAIT;
    }
    WindowSizing.Limit limit = limit();
    reconsider(limit.facts(), backlog, worker, now);
    WindowCap cap = sizing.cap(Math.min(limit.facts(), pace.facts()));
    Decision decision =
        new GroupCommitPolicy(cap, pace.linger(), staleness(worker, now))
            .decide(backlog, expected(worker, now), now);
    return decision instanceof Decision.Close close
        ? cut(close.reason(), cap, limit, backlog)
        : decision;
  }

  private Optional<ConsolidationCause> consolidation(
      Backlog backlog, WorkerState worker, Instant now) {
    if (worker.outstanding() > 1 || backlog.hasUrgent() || inFlight.consolidating()) {
      return Optional.empty();
    }
    boolean resting = worker.idle() && backlog.ready() == 0;
    restingSince = resting && restingSince.isBefore(now) ? restingSince : now;
    return objectives
        .consolidation()
        .cause(learning.fading(), Duration.between(restingSince, now))
        .filter(cause -> resting || cause != ConsolidationCause.IDLE);
  }

  private WindowSizing.Limit limit() {
    WindowSizing.Limit known = limit == null ? sizing.limit() : limit;
    limit = known;
    return known;
  }

  private void reconsider(int most, Backlog backlog, WorkerState worker, Instant now) {
    if (now.isBefore(paceUntil) || !learning.latency().learned()) {
      return;
    }
    PaceSearch.Worker known =
        new PaceSearch.Worker(
            learning.latency().cost(), learning.transit().seconds(), busy(worker, now));
    pace = search.best(pace, most, backlog, trace, known, now);
    paceUntil = now.plus(RECONSIDER);
  }

  private double busy(WorkerState worker, Instant now) {
    return inFlight
        .free(worker.outstanding(), learning.transit().seconds())
        .filter(free -> free.isAfter(now))
        .map(free -> Duration.between(now, free).toNanos() / 1e9)
        .orElse(0.0);
  }

  /** A worker that will have finished when the next window reaches it counts as idle. */
  private WorkerState expected(WorkerState worker, Instant now) {
    if (worker.outstanding() != 1) {
      return worker;
    }
    double transit = learning.transit().seconds();
    Instant arrives = now.plusNanos(Math.round(transit * 1e9)).plus(EARLY);
    return inFlight
        .free(worker.outstanding(), transit)
        .filter(free -> !free.isAfter(arrives))
        .map(free -> WorkerState.IDLE)
        .orElse(worker);
  }

  /** The deadline bounds how long a worker of which nothing is known is waited for. */
  private Duration staleness(WorkerState worker, Instant now) {
    return busy(worker, now) > 0 ? FOREVER : objectives.maxStaleness();
  }

  private Decision cut(
      CloseReason reason, WindowCap cap, WindowSizing.Limit limit, Backlog backlog) {
    Backlog.Preview preview = backlog.preview(cap);
    boolean limited = reason == CloseReason.FULL && cap.facts() == limit.facts();
    CloseReason told = limited ? limit.reason() : reason;
    boolean guarded = preview.guarded() && reason != CloseReason.URGENT;
    return new Decision.Close(
        guarded ? CloseReason.MEMORY : told, cap, sizing.predict(preview.shape()));
  }
}
