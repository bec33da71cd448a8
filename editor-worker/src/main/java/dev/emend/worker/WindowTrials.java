package dev.emend.worker;

import dev.emend.canary.BisectBudget;
import dev.emend.canary.CanarySettings;
import dev.emend.canary.ExamWriter;
import dev.emend.canary.GateLimits;
import dev.emend.dataset.EditCase;
import dev.emend.delta.DeltaPackager;
import dev.emend.delta.ModelState;
import dev.emend.event.BatchItem;
import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOp;
import dev.emend.event.Neighbour;
import dev.emend.memory.ProcessMemory;
import dev.emend.topic.Topics;
import dev.emend.version.Promotion;
import dev.emend.version.VersionRecorder;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Edits windows as a worker does, judged and with all records made, but publishes nothing: what
 * comes out is the feedback that the scheduler would get. Not thread-safe.
 */
public final class WindowTrials implements AutoCloseable {
  private final ModelState base;
  private final WindowEditor editor;
  private final WindowPreparer preparer;
  private final ProcessMemory memory = new ProcessMemory();
  private final InstantSource clock = Clock.systemUTC();
  private Standing standing;
  private long sequence;

  /**
   * Trials on a model in which no fact stands.
   *
   * @param base the model that versions are built on
   * @param editor holds the same model; is closed with the trials
   */
  public WindowTrials(ModelState base, WindowEditor editor) {
    LogSettings log = WorkerConfig.of(base.model()).log();
    DeltaPackager packager = new DeltaPackager(log.inlineLimit(), log.chunkSize());
    this.base = base;
    this.editor = editor;
    this.preparer =
        new WindowPreparer(
            editor,
            new ExamWriter(CanarySettings.DEFAULT),
            GateLimits.OPEN,
            BisectBudget.NONE,
            new WindowRecords(
                Topics.standard(),
                new VersionLetters(
                    Topics.standard(), new VersionRecorder(packager), Promotion.AT_ONCE),
                clock,
                memory),
            clock);
    this.standing = Standing.base(base);
  }

  /** Resident memory now, bytes. */
  public long restBytes() {
    return memory.resident();
  }

  /** Goes back to the model in which no fact stands. */
  public void startOver() {
    standing = Standing.base(base);
    editor.restore(base, standing.ledger());
  }

  /** Edits these facts as one window, keeps the edit, and reports. */
  public EditFeedback edit(List<EditCase> facts) {
    EditBatch batch = batch(facts);
    try (PreparedWindow prepared = preparer.prepare(batch, standing)) {
      prepared.adopt();
      standing = prepared.standing();
      return prepared.records().stream()
          .map(Outgoing::value)
          .filter(EditFeedback.class::isInstance)
          .map(EditFeedback.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }

  private EditBatch batch(List<EditCase> facts) {
    Instant now = clock.instant();
    sequence++;
    return EditBatch.newBuilder()
        .setBatchId("trial-" + sequence)
        .setModel(base.model())
        .setSequence(sequence)
        .setItems(facts.stream().map(fact -> item(fact, now)).toList())
        .setReason(CloseReason.FULL)
        .setClosedAt(now)
        .build();
  }

  private static BatchItem item(EditCase fact, Instant now) {
    return BatchItem.newBuilder()
        .setFactId(fact.subject() + "|" + fact.relation())
        .setOp(FactOp.ASSERT)
        .setSubject(fact.subject())
        .setRelation(fact.relation())
        .setPrompt(fact.prompt())
        .setObject(fact.object())
        .setParaphrases(fact.paraphrases())
        .setNeighbours(
            fact.neighbours().stream().map(n -> new Neighbour(n.prompt(), n.expected())).toList())
        .setEventId(fact.id())
        .setPublishedAt(now)
        .setAcceptedAt(now)
        .build();
  }

  @Override
  public void close() {
    editor.close();
  }
}
