package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A worker of a tiny model, its log in memory, and subscribers of it. */
abstract class SubscriberCase {
  static final Duration LONG = Duration.ofSeconds(60);
  static final ByteSize NOTHING_INLINE = new ByteSize(0);

  final FakeLog log = new FakeLog();
  @TempDir Path folder;
  Path base;
  TinyModel worker;

  @BeforeEach
  void writeBase() {
    base = TinyModel.writeBase(folder.resolve("base"), 1);
    worker = TinyModel.worker("m", base, 2, NOTHING_INLINE);
  }

  @AfterEach
  void close() {
    log.close();
  }

  ModelSubscriberBuilder subscriber() {
    return ModelSubscriber.of("m", base).topics(FakeLog.TOPICS);
  }

  ModelSubscriber start(ModelSubscriberBuilder options) {
    return options.start(log::consumer, log.records());
  }

  void publish(int versions) {
    for (int i = 0; i < versions; i++) {
      publish(worker.next());
    }
  }

  void publish(TinyModel.Version version) {
    log.append(version.delta(), version.chunks());
  }

  static Fault awaitFault(ModelSubscriber subscriber) {
    return catchThrowableOfType(Fault.class, () -> subscriber.awaitVersion(999, LONG));
  }

  void expectSameWeights(ModelState state) {
    assertThat(state.version()).isEqualTo(worker.state().version());
    for (String name : state.folder().names()) {
      assertThat(state.floats(name)).isEqualTo(worker.state().floats(name));
    }
  }
}
