package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What looks at the log without following it asks for signatures just as a subscriber does. */
@Timeout(120)
class SignedRebuildTest {
  private static final int VERSIONS = 4;

  private final FakeLog log = new FakeLog();
  private final SigningKey key = SigningKey.generate();
  private final Trust trust = new Trust(List.of(), Map.of()).with(key, 0, "");
  private final Trust stranger =
      new Trust(List.of(), Map.of()).with(SigningKey.generate(), 0, "another's");
  private final Path base;
  private final SnapshotShelf shelf;
  private final ModelState newest;

  SignedRebuildTest(@TempDir Path folder) {
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    this.shelf = new SnapshotShelf(folder.resolve("snapshots"));
    TinyModel worker = TinyModel.worker("m", base, 2, new ByteSize(0));
    for (int i = 0; i < VERSIONS; i++) {
      TinyModel.Version version = worker.next();
      log.append(key.sign(version.delta()), version.chunks());
    }
    this.newest = worker.state();
  }

  @AfterEach
  void close() {
    log.close();
  }

  private VersionRebuild rebuild(ModelSources sources) {
    return new VersionRebuild(
        FakeLog.TOPICS, sources, log::consumer, log.records(), InstantSource.system());
  }

  private VersionLog listing(Trust believed) {
    TopicScan scan = new TopicScan(log::consumer, Duration.ofSeconds(30), InstantSource.system());
    return new VersionLog(FakeLog.TOPICS, scan, log.records(), Optional.of(believed));
  }

  @Test
  void shouldRebuildOnlyWhatSomebodyBelievedHasSigned() {
    ModelSources sources = ModelSources.of("m", base);

    assertThat(rebuild(sources.believing(trust)).at(VERSIONS).version())
        .isEqualTo(newest.version());
    assertThatThrownBy(() -> rebuild(sources.believing(stranger)).at(VERSIONS))
        .asInstanceOf(type(Fault.class))
        .extracting(Fault::code)
        .isEqualTo(FaultCode.SIGNER_UNKNOWN);
  }

  @Test
  void shouldListOnlyWhatSomebodyBelievedHasSigned() {
    assertThat(listing(trust).versions("m")).hasSize(VERSIONS);
    assertThatThrownBy(() -> listing(stranger).versions("m"))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("t.emend.deltas-")
        .hasMessageContaining("not in the trust file");
  }

  @Test
  void shouldShelveASnapshotThatProvesWhoseItIs() {
    rebuild(ModelSources.of("m", base).believing(trust)).shelve(VERSIONS, shelf);

    // Without the log only the snapshot can say what version 4 is.
    log.deleteAll();
    ModelSources shelved = ModelSources.of("m", base).with(shelf);
    assertThat(starts(shelved, trust).reaching(VERSIONS + 1, VERSIONS + 1))
        .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo(VERSIONS));
    assertThat(starts(shelved, stranger).reaching(VERSIONS + 1, VERSIONS + 1)).isEmpty();
  }

  private static Starts starts(ModelSources sources, Trust believed) {
    return new Starts(
        sources.model(),
        sources.base(),
        Optional.empty(),
        sources.shelf(),
        new SignatureCheck(Optional.of(believed)));
  }
}
