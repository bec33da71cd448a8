package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.DeltaPackager;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.PhaseSeconds;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeguardsTest {
  private static final Topics TOPICS = Topics.standard();

  private final SigningKey key = SigningKey.generate();
  private final Trust trust = new Trust(List.of(), Map.of()).with(key, 0, "");
  private final Path keyFile;
  private final Path trustFile;

  SafeguardsTest(@TempDir Path folder) {
    keyFile = folder.resolve("worker.pem");
    trustFile = folder.resolve("trust.json");
    key.write(keyFile);
    trust.write(trustFile);
  }

  private RecordCodec codec(Optional<Path> signing, Optional<Path> believed) {
    return new Safeguards(signing, believed).around(new PlainCodec());
  }

  private static <T extends SpecificRecord> T read(RecordCodec codec, Class<T> type, byte[] bytes) {
    return codec.decode(type, TOPICS.deltas(), new RecordHeaders(), bytes);
  }

  private static ModelDelta delta(Path folder) {
    ModelState base = TinyModel.write(folder);
    return DeltaPackager.forDefaultBroker()
        .pack(base.stage(DeltaKind.WINDOW, List.of(), ExactUpdate.sequential()))
        .delta()
        .setFactIds(List.of())
        .setEventIds(List.of())
        .setSeconds(new PhaseSeconds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
        .setCreatedAt(Instant.EPOCH)
        .build();
  }

  private static ModelHead head(ModelVersion version) {
    return ModelHead.newBuilder()
        .setModel(TinyModel.NAME)
        .setAlias("live")
        .setVersion(version.version())
        .setDigest(version.digest().buffer())
        .setChainHash(version.chainHash().buffer())
        .setMovedAt(Instant.EPOCH)
        .build();
  }

  @Test
  void shouldSignVersionsAndPositionsOnTheirWayOut(@TempDir Path folder) {
    RecordCodec codec = codec(Optional.of(keyFile), Optional.of(trustFile));
    ModelDelta delta = delta(folder);
    ModelHead head = head(TinyModel.write(folder).version());

    trust.require(read(codec, ModelDelta.class, codec.encode(TOPICS.deltas(), delta)));
    trust.require(read(codec, ModelHead.class, codec.encode(TOPICS.heads(), head)));
    assertThat(delta.getSignature()).as("what was given stays as it was").isNull();
  }

  @Test
  void shouldNotGoOnFromAVersionThatNobodySigned(@TempDir Path folder) {
    RecordCodec strict = codec(Optional.empty(), Optional.of(trustFile));
    byte[] unsigned = new PlainCodec().encode(TOPICS.deltas(), delta(folder));
    Fault fault = catchThrowableOfType(Fault.class, () -> read(strict, ModelDelta.class, unsigned));
    assertThat(fault.code()).isEqualTo(FaultCode.SIGNATURE_MISSING);

    RecordCodec open = codec(Optional.empty(), Optional.empty());
    assertThat(read(open, ModelDelta.class, unsigned).getSignature()).isNull();
  }

  @Test
  void shouldRefuseAKeyThatItWouldNotBelieveAfterAStart(@TempDir Path folder) {
    Path stranger = folder.resolve("stranger.pem");
    SigningKey.generate().write(stranger);
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> codec(Optional.of(stranger), Optional.of(trustFile)));
    assertThat(fault.code()).isEqualTo(FaultCode.USAGE);
    assertThat(fault).hasMessageContaining("its own versions");
  }
}
