package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.ModelSnapshot;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SignedSubscriptionTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final FakeLog log = new FakeLog();
  private final SigningKey key = SigningKey.generate();
  private final Trust trust = new Trust(List.of(), Map.of()).with(key, 0, "");
  private final Path folder;
  private final Path base;
  private final TinyModel worker;

  SignedSubscriptionTest(@TempDir Path folder) {
    this.folder = folder;
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    this.worker = TinyModel.worker("m", base, 2, new ByteSize(0));
  }

  @AfterEach
  void close() {
    log.close();
  }

  private ModelSubscriberBuilder subscriber() {
    return ModelSubscriber.of("m", base).topics(FakeLog.TOPICS);
  }

  private ModelSubscriber start(ModelSubscriberBuilder options) {
    return options.start(log::consumer, log.records());
  }

  private ModelDelta publish(SigningKey by) {
    TinyModel.Version version = worker.next();
    ModelDelta delta = by.sign(version.delta());
    log.append(delta, version.chunks());
    return delta;
  }

  private void publishUnsigned() {
    TinyModel.Version version = worker.next();
    log.append(version.delta(), version.chunks());
  }

  private void move(SigningKey by, long version, Instant at) {
    ModelHead head =
        ModelHead.newBuilder()
            .setModel("m")
            .setAlias("live")
            .setVersion(version)
            .setDigest(worker.state().version().digest().buffer())
            .setChainHash(worker.state().version().chainHash().buffer())
            .setMovedAt(at)
            .build();
    log.append(by.sign(head));
  }

  private static Fault awaitFault(ModelSubscriber subscriber) {
    return catchThrowableOfType(Fault.class, () -> subscriber.awaitVersion(999, LONG));
  }

  @Test
  void shouldFollowSignedVersionsOneByOneAndManyAtOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      publish(key);
    }
    try (ModelSubscriber subscriber = start(subscriber().trust(trust))) {
      subscriber.awaitVersion(5, LONG);
      publish(key);
      subscriber.awaitVersion(6, LONG);
      assertThat(subscriber.current().version()).isEqualTo(worker.state().version());
    }
  }

  @Test
  void shouldServeTheLastSignedVersionAndRefuseAnUnsignedOne() {
    publish(key);
    publish(key);
    publishUnsigned();
    publish(key);
    try (ModelSubscriber subscriber = start(subscriber().trust(trust))) {
      Fault fault = awaitFault(subscriber);

      assertThat(fault.code()).isEqualTo(FaultCode.SIGNATURE_MISSING);
      assertThat(fault)
          .hasMessageContaining("version 3 at t.emend.deltas-")
          .hasMessageContaining("signing.key.file");
      assertThat(subscriber.current().version().version()).isEqualTo(2);
    }
  }

  @Test
  void shouldRefuseAStrangersKeyAndSayWhatToDo() {
    publish(SigningKey.generate());
    try (ModelSubscriber subscriber = start(subscriber().trust(trust))) {
      Fault fault = awaitFault(subscriber);
      assertThat(fault.code()).isEqualTo(FaultCode.SIGNER_UNKNOWN);
      assertThat(fault).hasMessageContaining("trust file").hasMessageContaining("worker's new key");
    }
  }

  @Test
  void shouldRefuseTheSignatureOfAnotherVersion() {
    ModelDelta first = publish(key);
    TinyModel.Version second = worker.next();
    ModelDelta replayed =
        ModelDelta.newBuilder(second.delta()).setSignature(first.getSignature()).build();
    log.append(replayed, second.chunks());
    try (ModelSubscriber subscriber = start(subscriber().trust(trust))) {
      Fault fault = awaitFault(subscriber);
      assertThat(fault.code()).isEqualTo(FaultCode.SIGNATURE_WRONG);
      assertThat(subscriber.current().version().version()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotAskForSignaturesUnlessToldTo() throws Exception {
    publishUnsigned();
    publish(SigningKey.generate());
    try (ModelSubscriber subscriber = start(subscriber())) {
      subscriber.awaitVersion(2, LONG);
      assertThat(subscriber.fault()).isEmpty();
    }
  }

  @Test
  void shouldGoOnFromItsFolderWhoseWeightsCarryTheProof() throws Exception {
    Path kept = folder.resolve("kept");
    publish(key);
    publish(key);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept).trust(trust))) {
      subscriber.awaitVersion(2, LONG);
    }
    log.deleteAll();
    publish(key);
    try (ModelSubscriber subscriber = start(subscriber().keep(kept).trust(trust))) {
      assertThat(subscriber.current().version().version()).isEqualTo(2);
      subscriber.awaitVersion(3, LONG);
    }
  }

  @Test
  void shouldNotStartFromWeightsWithoutAProof() throws Exception {
    publish(key);
    publish(key);
    SnapshotShelf shelf = new SnapshotShelf(folder.resolve("shelf"));
    // Somebody's weights that claim to be version 2, beside a log that would lead elsewhere.
    TinyModel forger = TinyModel.worker("m", base, 99, new ByteSize(0));
    forger.next();
    forger.next();
    ModelSnapshot.write(forger.state(), shelf.at(2).path());

    try (ModelSubscriber subscriber = start(subscriber().snapshots(shelf).trust(trust))) {
      subscriber.awaitVersion(2, LONG);
      assertThat(subscriber.current().version()).isEqualTo(worker.state().version());
    }
    Path unproven = shelf.at(2).path();
    Fault fault =
        catchThrowableOfType(
            Fault.class,
            () ->
                start(ModelSubscriber.of("m", unproven).topics(FakeLog.TOPICS).trust(trust))
                    .close());
    assertThat(fault.code()).isEqualTo(FaultCode.SIGNATURE_MISSING);
  }

  @Test
  void shouldFollowASignedAliasOnly() throws Exception {
    publish(key);
    move(key, 1, Instant.ofEpochSecond(10));
    try (ModelSubscriber subscriber = start(subscriber().follow("live").trust(trust))) {
      subscriber.awaitVersion(1, LONG);
      publish(key);
      move(SigningKey.generate(), 2, Instant.ofEpochSecond(11));

      Fault fault = awaitFault(subscriber);
      assertThat(fault.code()).isEqualTo(FaultCode.SIGNER_UNKNOWN);
      assertThat(fault).hasMessageContaining("the alias live of m");
      assertThat(subscriber.current().version().version()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAnOldPositionThatIsWrittenAgain() throws Exception {
    publish(key);
    move(key, 1, Instant.ofEpochSecond(10));
    try (ModelSubscriber subscriber = start(subscriber().follow("live").trust(trust))) {
      subscriber.awaitVersion(1, LONG);
      publish(key);
      move(key, 2, Instant.ofEpochSecond(11));
      subscriber.awaitVersion(2, LONG);
      move(key, 1, Instant.ofEpochSecond(10));

      Fault fault = awaitFault(subscriber);
      assertThat(fault.code()).isEqualTo(FaultCode.SIGNATURE_WRONG);
      assertThat(fault).hasMessageContaining("old position");
    }
  }
}
