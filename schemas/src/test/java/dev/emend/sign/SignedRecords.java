package dev.emend.sign;

import dev.emend.event.DeltaEncoding;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.TensorDelta;
import dev.emend.event.VersionFact;
import dev.emend.event.WeightLayout;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records to sign, with every field set. */
final class SignedRecords {
  private SignedRecords() {}

  static ModelDelta delta() {
    return ModelDelta.newBuilder()
        .setModel("m")
        .setVersion(7)
        .setParent(6)
        .setBaseDigest(digest("base"))
        .setParentDigest(digest("parent"))
        .setResultDigest(digest("result"))
        .setChainHash(digest("chain"))
        .setBatchId("b7")
        .setTensors(List.of(tensor("a"), tensor("b")))
        .setFactIds(List.of("s|r", "t|r"))
        .setEventIds(List.of("e1", "e2"))
        .setFacts(List.of(fact("e1"), fact("e2")))
        .setRolledBackTo(3L)
        .setUndoneEventIds(List.of("e0"))
        .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
        .setCreatedAt(Instant.ofEpochSecond(1_000))
        .build();
  }

  private static VersionFact fact(String event) {
    return VersionFact.newBuilder()
        .setFactId("s|r")
        .setEventId(event)
        .setSubject("s")
        .setRelation("r")
        .setPrompt("{} is")
        .setObject("o")
        .setSource("test")
        .setValidFrom(Instant.ofEpochSecond(1))
        .setValidTo(Instant.ofEpochSecond(2))
        .build();
  }

  private static TensorDelta tensor(String name) {
    return TensorDelta.newBuilder()
        .setName(name)
        .setShape(List.of(2L, 3L))
        .setLayout(WeightLayout.OUT_IN)
        .setEncoding(DeltaEncoding.LOW_RANK)
        .setRank(1)
        .setLength(52)
        .setSha256(digest(name + "payload"))
        .setBeforeSha256(digest(name + "before"))
        .setAfterSha256(digest(name + "after"))
        .setInline(ByteBuffer.allocate(52))
        .build();
  }

  static ModelHead head() {
    return ModelHead.newBuilder()
        .setModel("m")
        .setAlias("live")
        .setVersion(7)
        .setDigest(digest("result"))
        .setChainHash(digest("chain"))
        .setMovedAt(Instant.ofEpochSecond(1_000))
        .setCause("PUBLISHED")
        .setHeld("nothing")
        .build();
  }

  static ByteBuffer digest(String of) {
    return Digest32.sha256(of.getBytes(StandardCharsets.UTF_8)).buffer();
  }

  static Trust trust(SigningKey key) {
    return new Trust(List.of(), Map.of()).with(key, 0, "");
  }
}
