package dev.emend.topic;

import dev.emend.event.AuditEntry;
import dev.emend.event.DeltaChunk;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every topic of Emend with its shape. Topics that are keyed by model have the same number of
 * partitions, so that a task of the stream app owns a model in all of them.
 */
// Records of ours and generated schemas never change, but carry no annotation that says so.
@SuppressWarnings("ImmutableEnumChecker")
public enum Topic {
  /**
   * Fact changes, key {@link FactKey}: all changes of one fact stay in order. Kept for ever,
   * because history and re-editing onto a new base start from what was said; a change is about a
   * kilobyte.
   */
  FACTS("emend.facts", 3, Retention.FOR_EVER, "1MB", FactChange.getClassSchema()),
  /**
   * Windows, key model: one worker edits a model in order. Only work in flight is read again, so
   * two weeks suffice. A window of ten thousand changes with paraphrases is some ten megabytes.
   */
  BATCHES("emend.batches", 3, Retention.TWO_WEEKS, "16MB", EditBatch.getClassSchema()),
  /**
   * What operators order, key model. A topic of its own, so that who may give orders need not be
   * trusted with windows, nor who closes windows with orders. Orders are few and are kept.
   */
  ORDERS("emend.orders", 3, Retention.FOR_EVER, "1MB", EditBatch.getClassSchema()),
  /**
   * Versions, key model. Kept for ever: version n is the base and all deltas up to n. A delta says
   * what its facts say, which for a window of ten thousand is some megabytes.
   */
  DELTAS("emend.deltas", 3, Retention.FOR_EVER, "16MB", ModelDelta.getClassSchema()),
  /**
   * Payloads too large for a delta, key {@code chunk_key#index}, sent to the partition of the model
   * (see {@link ModelPartition}) so that pieces come in the order of the versions. Kept as long as
   * the deltas, which are worthless without.
   */
  DELTA_CHUNKS("emend.delta-chunks", 3, Retention.FOR_EVER, "2MB", DeltaChunk.getClassSchema()),
  /** What became of each event, key event id. A quarter of a year is time enough to ask. */
  OUTCOMES("emend.outcomes", 3, Retention.QUARTER, "1MB", FactOutcome.getClassSchema()),
  /** Where an alias points, key {@link HeadKey}. Compacted: only the newest position counts. */
  HEADS("emend.heads", 1, Retention.COMPACTED, "1MB", ModelHead.getClassSchema()),
  /** How windows went, key model; the scheduler learns from the recent ones. */
  FEEDBACK("emend.feedback", 3, Retention.TWO_WEEKS, "1MB", EditFeedback.getClassSchema()),
  /**
   * Standing facts with their keys and values in the weights, key {@link FactKey}. Compacted: the
   * newest entry a fact is the ledger. Keys of large models are some megabytes a fact.
   */
  LEDGER("emend.ledger", 3, Retention.COMPACTED, "8MB", LedgerEntry.getClassSchema()),
  /**
   * Ledger entries that a later version replaced or took out, key {@link FactKey}, in the partition
   * of the model and in the order of those versions: with them the ledger of every earlier version
   * is known, to which a model can be rolled back. Kept as long as the deltas.
   */
  LEDGER_HISTORY(
      "emend.ledger-history", 3, Retention.FOR_EVER, "8MB", LedgerEntry.getClassSchema()),
  /**
   * Who caused what, key model. Kept for ever and never cut, also where versions are: an entry
   * repeats the facts of its version without weights.
   */
  AUDIT("emend.audit", 3, Retention.FOR_EVER, "16MB", AuditEntry.getClassSchema()),
  /**
   * Refused events as they came, reason in the headers, key as it came. A quarter of a year to
   * repair and redrive them. The bytes may be anything, so there is no schema.
   */
  DEAD_LETTERS("emend.facts.dlq", 1, Retention.QUARTER, "2MB", null);

  /** How long a topic keeps its records. */
  public enum Retention {
    /** Nothing is deleted. */
    FOR_EVER(Optional.empty()),
    /** Fourteen days. */
    TWO_WEEKS(Optional.of(Duration.ofDays(14))),
    /** Ninety days. */
    QUARTER(Optional.of(Duration.ofDays(90))),
    /** The newest record of each key, for ever. */
    COMPACTED(Optional.empty());

    private final Optional<Duration> age;

    Retention(Optional<Duration> age) {
      this.age = age;
    }

    /** Age at which records may be deleted; empty if never. */
    public Optional<Duration> age() {
      return age;
    }
  }

  private final String baseName;
  private final int partitions;
  private final Retention retention;
  private final ByteSize maxMessage;
  private final Optional<Schema> valueSchema;

  Topic(
      String baseName,
      int partitions,
      Retention retention,
      String maxMessage,
      @Nullable Schema valueSchema) {
    this.baseName = baseName;
    this.partitions = partitions;
    this.retention = retention;
    this.maxMessage = ByteSize.parse(maxMessage);
    this.valueSchema = Optional.ofNullable(valueSchema);
  }

  /** Name without a prefix. */
  public String baseName() {
    return baseName;
  }

  /** Partitions at creation. */
  public int partitions() {
    return partitions;
  }

  /** How long records are kept. */
  public Retention retention() {
    return retention;
  }

  /** Largest record batch, the topic's {@code max.message.bytes}. */
  public ByteSize maxMessage() {
    return maxMessage;
  }

  /** Schema of the values; empty for raw bytes. */
  public Optional<Schema> valueSchema() {
    return valueSchema;
  }
}
