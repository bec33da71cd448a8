package dev.emend.worker;

import dev.emend.delta.DeltaChunks;
import dev.emend.delta.ModelState;
import dev.emend.delta.StagedVersion;
import dev.emend.event.CanaryScores;
import dev.emend.event.DeltaChunk;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.ModelHead;
import dev.emend.event.PhaseSeconds;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerChange;
import dev.emend.ledger.LedgerRecords;
import dev.emend.ledger.StandingFact;
import dev.emend.topic.FactKey;
import dev.emend.topic.HeadKey;
import dev.emend.topic.Topics;
import dev.emend.version.AliasRecords;
import dev.emend.version.Aliases;
import dev.emend.version.HeadCause;
import dev.emend.version.Promotion;
import dev.emend.version.VersionMark;
import dev.emend.version.VersionNotes;
import dev.emend.version.VersionRecorder;
import dev.emend.version.VersionRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a version, its aliases and its ledger, with where they go. Stateless. */
final class VersionLetters {
  private static final PhaseSeconds NOTHING =
      PhaseSeconds.newBuilder()
          .setQueue(0)
          .setTargets(0)
          .setKeys(0)
          .setSolve(0)
          .setApply(0)
          .setJudge(0)
          .setTotal(0)
          .build();

  private final Topics topics;
  private final AuditLetters audit;
  private final VersionRecorder versions;
  private final Promotion promotion;

  /**
   * Letters.
   *
   * @param promotion whether a version is live at once
   */
  VersionLetters(Topics topics, VersionRecorder versions, Promotion promotion) {
    this.topics = topics;
    this.audit = new AuditLetters(topics);
    this.versions = versions;
    this.promotion = promotion;
  }

  /** The aliases once a staged version is published; a rollback is live at once. */
  Aliases aliases(Standing before, StagedVersion staged, VersionNotes notes) {
    VersionMark mark = new VersionMark(staged.result().version(), notes.createdAt());
    return notes.rollback().isPresent()
        ? before.aliases().published(mark).promoted(mark.number())
        : promotion.published(before.aliases(), mark);
  }

  /**
   * One record for each alias that moves from {@code before} to {@code after}; that it is on the
   * newest version goes without saying.
   */
  List<Outgoing> heads(Standing before, Aliases after, HeadCause cause, Instant now) {
    String model = before.state().model();
    List<Outgoing> records = new ArrayList<>();
    for (ModelHead head : AliasRecords.moved(model, before.aliases(), after, cause, now)) {
      records.add(Outgoing.byKey(topics.heads(), new HeadKey(model, head.getAlias()).text(), head));
      if (!HeadCause.PUBLISHED.name().equals(head.getCause())) {
        records.add(audit.alias(head, cause));
      }
    }
    return records;
  }

  /** An order and what came of it. */
  Outgoing order(EditBatch order, Standing after, @Nullable String refusal, Instant now) {
    return audit.order(order, after.state().version().version(), refusal, now);
  }

  /** Chunks and delta of a staged version, and who caused it. */
  List<Outgoing> version(StagedVersion staged, VersionNotes notes) {
    VersionRecords version = versions.record(staged, notes);
    List<Outgoing> records = new ArrayList<>();
    String model = version.delta().getModel();
    for (DeltaChunk chunk : version.chunks()) {
      records.add(Outgoing.withModel(topics.deltaChunks(), DeltaChunks.recordKey(chunk), chunk));
    }
    records.add(Outgoing.withModel(topics.deltas(), model, version.delta()));
    records.add(audit.version(version.delta()));
    return records;
  }

  /**
   * The ledger's entries after a change of what stood before; a tombstone for what is gone. What is
   * replaced or gone goes to the ledger's history.
   */
  List<Outgoing> ledger(Standing before, List<LedgerChange> changes) {
    String model = before.state().model();
    long version = before.state().version().version() + 1;
    List<Outgoing> records = new ArrayList<>();
    for (LedgerChange change : changes) {
      before
          .ledger()
          .find(change.factId())
          .map(gone -> retired(model, gone, version))
          .ifPresent(records::add);
      records.add(entry(model, before.ledger(), change));
    }
    return records;
  }

  private Outgoing retired(String model, StandingFact gone, long version) {
    return Outgoing.withModel(
        topics.ledgerHistory(), key(model, gone), LedgerRecords.toRetired(model, gone, version));
  }

  private Outgoing entry(String model, FactLedger before, LedgerChange change) {
    if (change instanceof LedgerChange.Write write) {
      return Outgoing.withModel(
          topics.ledger(), key(model, write.fact()), LedgerRecords.toEntry(model, write.fact()));
    }
    StandingFact gone =
        before
            .find(change.factId())
            .orElseThrow(() -> new IllegalStateException(change.factId() + " was in no ledger"));
    return Outgoing.withModel(topics.ledger(), key(model, gone), null);
  }

  /**
   * How a consolidation went, for the scheduler. It names a batch of its own making, since feedback
   * without one says that the worker has begun anew.
   */
  Outgoing feedback(ModelState result, int facts, VersionNotes notes) {
    EditFeedback feedback =
        EditFeedback.newBuilder()
            .setModel(result.model())
            .setBatchId("consolidation-" + result.version().version())
            .setSequence(0)
            .setVersion(result.version().version())
            .setSeconds(notes.seconds())
            .setFactsInModel(facts)
            .setCanary(notes.canary())
            .setFinishedAt(notes.createdAt())
            .setConsolidated(true)
            .build();
    return Outgoing.withModel(topics.feedback(), result.model(), feedback);
  }

  /**
   * Says that a soak failed, for whoever watches the feedback. It names a batch of its own making,
   * as that of a consolidation does.
   */
  Outgoing alarm(Standing standing, String why, CanaryScores scores, Instant now) {
    long version = standing.state().version().version();
    EditFeedback feedback =
        EditFeedback.newBuilder()
            .setModel(standing.state().model())
            .setBatchId("soak-" + version)
            .setSequence(0)
            .setVersion(version)
            .setSeconds(NOTHING)
            .setFactsInModel(standing.ledger().size())
            .setCanary(scores)
            .setFinishedAt(now)
            .setAlarm(why)
            .build();
    return Outgoing.withModel(topics.feedback(), standing.state().model(), feedback);
  }

  private static String key(String model, StandingFact fact) {
    return new FactKey(model, fact.subject(), fact.relation()).text();
  }
}
