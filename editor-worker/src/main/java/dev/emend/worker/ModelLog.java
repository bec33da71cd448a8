package dev.emend.worker;

import dev.emend.delta.BlobStore;
import dev.emend.delta.ChunkAssembler;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.delta.PayloadSource;
import dev.emend.delta.StoredPayloads;
import dev.emend.event.DeltaChunk;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerRecords;
import dev.emend.ledger.StandingFact;
import dev.emend.size.ByteSize;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import dev.emend.weights.Digest32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a model's newest committed version from the log. Whoever calls {@link #replay} must be
 * the only writer for the model (see {@link Publisher}): then the ends of the topics are one
 * consistent cut, since every transaction wrote to all of them or to none.
 */
final class ModelLog {
  private static final char PIECE_SEPARATOR = '#';
  private static final ByteSize CHUNK_MEMORY = ByteSize.parse("1GB");

  private final Topics topics;
  private final PartitionReader.Source readers;
  private final RecordCodec codec;
  private final KeptState kept;
  private final Optional<BlobStore> blobs;

  /**
   * A log.
   *
   * @param kept where the ledger is looked up before its topic is read
   * @param blobs where payloads are that the log only names
   */
  ModelLog(
      Topics topics,
      PartitionReader.Source readers,
      RecordCodec codec,
      KeptState kept,
      Optional<BlobStore> blobs) {
    this.blobs = blobs;
    this.kept = kept;
    this.topics = topics;
    this.readers = readers;
    this.codec = codec;
  }

  /**
   * The newest version on top of {@code base}.
   *
   * @throws Fault retriable if broker or registry do not answer; else the log contradicts the base
   *     model or itself, and the message names version and offset
   */
  Standing replay(ModelState base) {
    LogNotes notes = new LogNotes(base.version().version());
    AliasLog aliases = AliasLog.read(readers, codec, topics.heads(), base.model());
    ModelState newest =
        walk(
            base,
            Long.MAX_VALUE,
            (delta, offset) -> {
              notes.add(delta);
              aliases.passed(delta);
            });
    FactLedger ledger = kept.ledger(newest.version()).orElseGet(() -> ledger(newest));
    return new Standing(
        newest,
        ledger,
        notes.windows(),
        notes.consolidated(),
        aliases.aliases(base.version(), newest.version()),
        notes.gate());
  }

  /**
   * An earlier version, with what the log says of it and of those after it.
   *
   * @param base a version that is not later
   * @param now the facts that stand in the newest version
   * @throws Fault as {@link #replay}; VERSION_CHAIN if the version cannot be rebuilt from there, or
   *     the history of the ledger does not reach back to it
   */
  PastVersion past(ModelState base, long version, FactLedger now) {
    if (version < base.version().version()) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "version %d cannot be rebuilt: this worker starts from %s".formatted(version, base));
    }
    LogNotes notes = new LogNotes(base.version().version());
    List<LoggedVersion> versions = new ArrayList<>();
    Map<String, WeightLayout> layouts = new HashMap<>();
    ModelState state =
        walk(
            base,
            version,
            (delta, offset) -> {
              notes.add(delta);
              versions.add(LoggedVersion.of(delta, offset));
              delta.getTensors().forEach(t -> layouts.put(t.getName(), t.getLayout()));
            });
    if (state.version().version() != version) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "version %d cannot be rebuilt: the log was cut behind %s".formatted(version, base));
    }
    FactLedger ledger = new LedgerPast(topics, readers, codec).at(version, base.model(), now);
    LedgerPast.requireWhole(ledger, version, versions);
    return new PastVersion(state, ledger, notes.consolidatedAt(version), versions, layouts);
  }

  /** Reads all deltas, and follows those after {@code base} up to {@code last}. */
  private ModelState walk(ModelState base, long last, Visitor visitor) {
    ModelState state = base;
    long read = 0;
    String model = base.model();
    try (PartitionReader deltas = readers.open(topics.deltas(), model);
        PartitionReader chunks = readers.open(topics.deltaChunks(), model)) {
      ChunkAssembler payloads = new ChunkAssembler(CHUNK_MEMORY);
      for (Optional<LogRecord> r = deltas.next(); r.isPresent(); r = deltas.next()) {
        ModelDelta delta = ofModel(ModelDelta.class, r.get(), model);
        if (delta != null
            && delta.getVersion() > base.version().version()
            && delta.getVersion() <= last) {
          state = follow(state, delta, chunks, payloads, r.get());
        }
        if (delta != null) {
          requireSameChain(base, delta, r.get());
          read = delta.getVersion();
          visitor.passed(delta, r.get().offset());
        }
      }
    }
    if (read > 0 && read < base.version().version()) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "%s is ahead of %s, which ends at version %d".formatted(base, topics.deltas(), read));
    }
    return state;
  }

  /** A snapshot must be one of this very log. */
  private static void requireSameChain(ModelState base, ModelDelta delta, LogRecord record) {
    ModelVersion start = base.version();
    if (delta.getVersion() == start.version()
        && !Digest32.of(delta.getChainHash()).equals(start.chainHash())) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "version %d at %s is another than that of %s"
              .formatted(delta.getVersion(), record.place(), base.folder()));
    }
  }

  /** Sees every delta of the model, in order. */
  @FunctionalInterface
  private interface Visitor {
    void passed(ModelDelta delta, long offset);
  }

  /** Reads chunks on until the delta's payloads are complete: they come in the deltas' order. */
  private void collect(ModelDelta delta, PartitionReader chunks, ChunkAssembler payloads) {
    Set<String> wanted =
        delta.getTensors().stream()
            .flatMap(tensor -> Optional.ofNullable(tensor.getChunkKey()).stream())
            .collect(Collectors.toSet());
    for (TensorDelta tensor : delta.getTensors()) {
      while (!payloads.holds(tensor)) {
        Optional<LogRecord> record = chunks.next();
        if (record.isEmpty()) {
          return; // following the delta will say what is missing
        }
        byte[] bytes = record.get().value();
        String key = record.get().key();
        // Of versions that are not followed, since the start is later, nothing is kept.
        if (bytes != null && key != null && wanted.contains(chunkKey(key))) {
          payloads.add(decode(DeltaChunk.class, record.get(), bytes));
        }
      }
    }
  }

  private static String chunkKey(String recordKey) {
    return recordKey.substring(0, Math.max(0, recordKey.lastIndexOf(PIECE_SEPARATOR)));
  }

  private ModelState follow(
      ModelState state,
      ModelDelta delta,
      PartitionReader chunks,
      ChunkAssembler payloads,
      LogRecord record) {
    try {
      collect(delta, chunks, payloads);
      ModelState next = state.follow(delta, stored(payloads), ExactUpdate.sequential()).result();
      delta.getTensors().stream()
          .map(TensorDelta::getChunkKey)
          .filter(key -> key != null)
          .forEach(payloads::forget);
      return next;
    } catch (Fault e) {
      throw new Fault(
          e.code(),
          "version " + delta.getVersion() + " at " + record.place() + ": " + e.getMessage(),
          e);
    }
  }

  private PayloadSource stored(PayloadSource log) {
    return blobs.<PayloadSource>map(store -> new StoredPayloads(store, log)).orElse(log);
  }

  private FactLedger ledger(ModelState state) {
    Map<String, StandingFact> facts = new HashMap<>();
    try (PartitionReader entries = readers.open(topics.ledger(), state.model())) {
      for (Optional<LogRecord> r = entries.next(); r.isPresent(); r = entries.next()) {
        String key = r.get().key();
        if (key != null && FactKey.parse(key).model().equals(state.model())) {
          byte[] bytes = r.get().value();
          if (bytes == null) {
            facts.remove(key);
          } else {
            facts.put(key, LedgerRecords.toFact(decode(LedgerEntry.class, r.get(), bytes)));
          }
        }
      }
    }
    FactLedger ledger = FactLedger.of(facts.values());
    if (ledger.latestVersion() > state.version().version()) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the ledger of %s knows version %d but the deltas end at %d; the topics %s and %s do not belong together"
              .formatted(
                  state.model(),
                  ledger.latestVersion(),
                  state.version().version(),
                  topics.ledger(),
                  topics.deltas()));
    }
    return ledger;
  }

  private <T extends SpecificRecord> @Nullable T ofModel(
      Class<T> type, LogRecord record, String model) {
    byte[] bytes = record.value();
    return bytes == null || !model.equals(record.key()) ? null : decode(type, record, bytes);
  }

  private <T extends SpecificRecord> T decode(Class<T> type, LogRecord record, byte[] bytes) {
    try {
      return codec.decode(type, record.topic(), record.headers(), bytes);
    } catch (Fault e) {
      throw new Fault(e.code(), record.place() + ": " + e.getMessage(), e);
    }
  }
}
