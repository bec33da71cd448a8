package dev.emend.rebase;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.history.HistoryLog;
import dev.emend.history.ModelHistory;
import dev.emend.history.Spell;
import dev.emend.outcome.Originals;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.outcome.Outcomes;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.service.ServiceOptions;
import dev.emend.service.WorkerService;
import dev.emend.sign.Trust;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes all standing facts of a model into a new base model, as a line of versions of its own: a
 * worker for the new name runs in this process, and the facts go to it through the stream like any
 * other, so that windows, gates, outcomes and the stream's own memory of them are the ordinary
 * ones. The events have ids that follow from the old ones: run again after a crash, it goes on,
 * since what was published is a duplicate whose original is waited for.
 */
public final class Rebase {
  private final String from;
  private final Optional<Trust> trust;
  private final ServiceOptions options;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * A rebase.
   *
   * @param from name of the old model
   * @param trust whose signatures its versions need; empty to ask for none
   * @param options of the new one: its name, its base folder, where its worker keeps its state
   * @param patience how long to wait for all outcomes at most
   * @throws Fault USAGE if both have one name
   */
  public Rebase(String from, Optional<Trust> trust, ServiceOptions options, Duration patience) {
    if (from.equals(options.model())) {
      throw new Fault(FaultCode.USAGE, "the new line of versions needs a name of its own");
    }
    this.from = from;
    this.trust = trust;
    this.options = options;
    this.patience = patience;
    this.clock = InstantSource.system();
  }

  /**
   * Does it, or goes on with it; the stream app must be running.
   *
   * @throws Fault TIMEOUT if outcomes are missing after the patience
   */
  public RebaseResult run(Progress progress) {
    ModelHistory history = new HistoryLog(options.connection(), options.topics(), trust).of(from);
    List<FactChange> changes = changes(history.at(history.newest()));
    try (WorkerService worker = WorkerService.start(options, progress)) {
      Outcomes outcomes = changes.isEmpty() ? new Outcomes(List.of()) : tell(changes, progress);
      return new RebaseResult(
          history.newest(), changes.size(), outcomes, worker.worker().live().orElseThrow());
    }
  }

  private List<FactChange> changes(List<Spell> standing) {
    Instant now = clock.instant();
    return standing.stream().map(spell -> change(spell, now)).toList();
  }

  private FactChange change(Spell spell, Instant now) {
    return FactChange.newBuilder()
        .setEventId(options.model() + ":" + spell.eventId())
        .setModel(options.model())
        .setOp(FactOp.ASSERT)
        .setSubject(spell.fact().subject())
        .setRelation(spell.fact().relation())
        .setPrompt(spell.fact().prompt())
        .setObject(spell.object())
        .setValidFrom(spell.fact().validFrom().orElse(null))
        .setValidTo(spell.fact().validTo().orElse(null))
        .setRecordedAt(now)
        .setSource(spell.fact().source())
        .build();
  }

  private Outcomes tell(List<FactChange> changes, Progress progress) {
    // Opened first, so that no outcome comes before somebody listens.
    try (OutcomeFeed feed = OutcomeFeed.fromNow(options.connection(), options.topics());
        FactPublisher publisher =
            FactPublisher.to(options.connection()).topics(options.topics()).open()) {
      publisher.publishAll(changes).join().failed().values().stream()
          .findFirst()
          .ifPresent(
              fault -> {
                throw fault;
              });
      List<String> ids = changes.stream().map(FactChange::getEventId).toList();
      Outcomes outcomes = feed.await(ids, patience, progress);
      Outcomes originals = Originals.of(outcomes, options.connection(), options.topics(), patience);
      return new Outcomes(
          outcomes.and(originals).all().stream()
              .filter(outcome -> outcome.getCode() != OutcomeCode.DUPLICATE)
              .toList());
    }
  }
}
