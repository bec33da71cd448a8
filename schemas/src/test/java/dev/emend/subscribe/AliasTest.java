package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AliasTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ALIAS = "canary";

  private final FakeLog log = new FakeLog();
  private final Path folder;
  private final Path base;
  private final TinyModel worker;
  private final List<ModelState> states = new ArrayList<>();

  AliasTest(@TempDir Path folder) {
    this.folder = folder;
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    this.worker = TinyModel.worker("m", base, 2, new ByteSize(200));
    states.add(worker.state());
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void publish(int versions) {
    for (int i = 0; i < versions; i++) {
      TinyModel.Version version = worker.next();
      log.append(version.delta(), version.chunks());
      states.add(worker.state());
    }
  }

  private void move(String alias, ModelVersion to) {
    log.append(
        ModelHead.newBuilder()
            .setModel("m")
            .setAlias(alias)
            .setVersion(to.version())
            .setDigest(to.digest().buffer())
            .setChainHash(to.chainHash().buffer())
            .setMovedAt(Instant.EPOCH)
            .build());
  }

  private void move(int version) {
    move(ALIAS, states.get(version).version());
  }

  private ModelSubscriberBuilder subscriber() {
    return ModelSubscriber.of("m", base).topics(FakeLog.TOPICS).follow(ALIAS);
  }

  private ModelSubscriber start(ModelSubscriberBuilder options) {
    return options.start(log::consumer, log.records());
  }

  private void awaitServed(ModelSubscriber subscriber, int version) {
    Awaitility.await("version " + version + " is served")
        .atMost(LONG)
        .until(() -> subscriber.current().version().equals(states.get(version).version()));
    for (String name : states.get(version).folder().names()) {
      assertThat(subscriber.current().floats(name)).isEqualTo(states.get(version).floats(name));
    }
  }

  @Test
  void shouldServeOnlyWhatTheAliasPointsTo() {
    List<Long> heard = new CopyOnWriteArrayList<>();
    List<Long> newest = new CopyOnWriteArrayList<>();
    publish(5);
    move("live", states.get(5).version());
    try (ModelSubscriber subscriber =
        start(
            subscriber()
                .listener(
                    (version, state) -> {
                      heard.add(version.number());
                      newest.add(state.version().version());
                    }))) {
      move(2);
      awaitServed(subscriber, 2);
      move(4);
      awaitServed(subscriber, 4);
    }
    assertThat(heard).containsExactly(1L, 2L, 3L, 4L);
    assertThat(newest).isSubsetOf(2L, 4L);
  }

  @Test
  void shouldGoBackWithTheAliasAndForwardAgain() {
    Path kept = folder.resolve("kept");
    List<Long> heard = new CopyOnWriteArrayList<>();
    publish(4);
    move(3);
    try (ModelSubscriber subscriber =
        start(subscriber().keep(kept).listener((version, state) -> heard.add(version.number())))) {
      awaitServed(subscriber, 3);
      move(1);
      awaitServed(subscriber, 1);
      move(4);
      awaitServed(subscriber, 4);
      move(0);
      awaitServed(subscriber, 0);
    }
    assertThat(heard).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 4L, 0L);
    try (ModelSubscriber resumed = start(subscriber().keep(kept))) {
      awaitServed(resumed, 0);
      move(2);
      awaitServed(resumed, 2);
    }
  }

  @Test
  void shouldNotTakeAnOldPositionOfTheAliasForTheNewest() {
    Path kept = folder.resolve("kept");
    publish(6);
    for (int version = 1; version <= 6; version++) {
      move(version);
    }
    List<Long> heard = new CopyOnWriteArrayList<>();
    try (ModelSubscriber subscriber =
        start(
            subscriber().keep(kept).listener((v, state) -> heard.add(state.version().version())))) {
      awaitServed(subscriber, 6);
    }
    assertThat(heard).containsOnly(6L);
  }

  @Test
  void shouldRefuseAnAliasOfAnotherChain() throws Exception {
    TinyModel rival = TinyModel.worker("m", base, 99, new ByteSize(0));
    rival.next();
    publish(1);
    move(ALIAS, rival.state().version());
    try (ModelSubscriber subscriber = start(subscriber())) {
      Fault fault = catchThrowableOfType(Fault.class, () -> subscriber.awaitVersion(1, LONG));
      assertThat(fault.code()).isEqualTo(FaultCode.VERSION_CHAIN);
      assertThat(fault).hasMessageContaining("the alias canary points to version 1");
    }
  }
}
