package dev.emend.itests.chaos.check;

import dev.emend.delta.ChainHash;
import dev.emend.event.DeltaEncoding;
import dev.emend.event.DeltaKind;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.OutcomeCode;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.TensorDelta;
import dev.emend.event.WeightLayout;
import dev.emend.topic.FactKey;
import dev.emend.topic.HeadKey;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A log in which all is well, to be spoilt: three events that are applied one a version, the first
 * of them published twice.
 */
final class HandMadeLog {
  static final String MODEL = "m";
  private static final Instant THEN = Instant.parse("2024-01-01T00:00:00Z");
  private static final Digest32 BASE = digest("base");
  private static final String TENSOR = "w";

  final List<String> said = new ArrayList<>();
  final List<RunLog.Published> facts = new ArrayList<>();
  final List<FactOutcome> outcomes = new ArrayList<>();
  final List<ModelDelta> deltas = new ArrayList<>();
  final Map<String, LedgerEntry> ledger = new HashMap<>();
  final List<RunLog.Copy> copies = new ArrayList<>();
  private Digest32 result = BASE;
  private Digest32 chain = ChainHash.ofBase(BASE);

  HandMadeLog() {
    for (int i = 1; i <= 3; i++) {
      publish(change(i));
      apply(change(i), i);
    }
    publish(change(1));
    outcomes.add(outcome(change(1), OutcomeCode.DUPLICATE, null));
    copies.add(copy("worker", (byte) 7));
    copies.add(copy("subscriber", (byte) 7));
  }

  RunLog log() {
    ModelDelta last = deltas.get(deltas.size() - 1);
    ModelHead head =
        ModelHead.newBuilder()
            .setModel(MODEL)
            .setAlias(HeadKey.LIVE)
            .setVersion(last.getVersion())
            .setDigest(last.getResultDigest())
            .setChainHash(last.getChainHash())
            .setMovedAt(THEN)
            .build();
    return new RunLog(
        said,
        facts,
        outcomes,
        Map.of(MODEL, deltas),
        ledger,
        Map.of(new HeadKey(MODEL, HeadKey.LIVE).text(), head),
        0,
        copies,
        Instant.parse("2025-01-01T00:00:00Z"));
  }

  static FactChange change(int i) {
    return FactChange.newBuilder()
        .setEventId("e" + i)
        .setModel(MODEL)
        .setSubject("s" + i)
        .setRelation("is")
        .setPrompt("{} is")
        .setObject("o" + i)
        .setValidFrom(THEN)
        .setRecordedAt(THEN)
        .build();
  }

  void publish(FactChange change) {
    said.add(change.getEventId());
    facts.add(new RunLog.Published(change.getEventId(), Optional.of(change), true));
  }

  private void apply(FactChange change, long version) {
    deltas.add(delta(version, change.getEventId()));
    outcomes.add(outcome(change, OutcomeCode.APPLIED, version));
    ledger.put(FactKey.of(change).text(), entry(change, version));
  }

  /** The next version of the chain. */
  ModelDelta delta(long version, String eventId) {
    Digest32 parent = result;
    Digest32 after = digest("after " + version + eventId);
    result = digest("result " + version + eventId);
    chain = ChainHash.of(chain, version, DeltaKind.WINDOW, BASE, result, Map.of(TENSOR, after));
    TensorDelta tensor =
        TensorDelta.newBuilder()
            .setName(TENSOR)
            .setShape(List.of(1L, 1L))
            .setLayout(WeightLayout.OUT_IN)
            .setEncoding(DeltaEncoding.DENSE)
            .setRank(0)
            .setLength(0)
            .setSha256(after.buffer())
            .setBeforeSha256(after.buffer())
            .setAfterSha256(after.buffer())
            .build();
    return ModelDelta.newBuilder()
        .setModel(MODEL)
        .setVersion(version)
        .setParent(version - 1)
        .setBaseDigest(BASE.buffer())
        .setParentDigest(parent.buffer())
        .setResultDigest(result.buffer())
        .setChainHash(chain.buffer())
        .setTensors(List.of(tensor))
        .setFactIds(List.of())
        .setEventIds(List.of(eventId))
        .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
        .setCreatedAt(THEN)
        .build();
  }

  static FactOutcome outcome(FactChange change, OutcomeCode code, @Nullable Long version) {
    return FactOutcome.newBuilder()
        .setEventId(change.getEventId())
        .setModel(MODEL)
        .setCode(code)
        .setVersion(version)
        .setDecidedAt(THEN)
        .build();
  }

  static LedgerEntry entry(FactChange change, long version) {
    return LedgerEntry.newBuilder()
        .setModel(MODEL)
        .setFactId(FactKey.of(change).factId())
        .setEventId(change.getEventId())
        .setSubject(change.getSubject())
        .setRelation(change.getRelation())
        .setPrompt(change.getPrompt())
        .setObject(String.valueOf(change.getObject()))
        .setVersion(version)
        .setTarget(ByteBuffer.allocate(0))
        .setKeys(List.of())
        .setWrittenAt(THEN)
        .build();
  }

  static RunLog.Copy copy(String holder, byte value) {
    return new RunLog.Copy(
        holder, MODEL, 3, new TreeMap<>(Map.of(TENSOR, ByteBuffer.wrap(new byte[] {value}))));
  }

  private static Digest32 digest(String text) {
    return Digest32.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
