package dev.emend.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.delta.ModelSnapshot;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import dev.emend.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber whose disk is full, by the kernel's own device that always is. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path FULL = Path.of("/dev/full");

  private final FakeLog log = new FakeLog();
  private final Path base;
  private final Path kept;
  private final TinyModel worker;

  FullDiskTest(@TempDir Path folder) {
    this.base = TinyModel.writeBase(folder.resolve("base"), 1);
    this.kept = folder.resolve("kept");
    this.worker = TinyModel.worker("m", base, 2, new ByteSize(0));
  }

  @AfterEach
  void close() {
    log.close();
  }

  private ModelSubscriber start() {
    return ModelSubscriber.of("m", base)
        .topics(FakeLog.TOPICS)
        .keep(kept)
        .start(log::consumer, log.records());
  }

  private void publish() {
    TinyModel.Version version = worker.next();
    log.append(version.delta(), version.chunks());
  }

  @Test
  void shouldEndWithACodeAndGoOnFromItsFolderWhenThereIsSpaceAgain() throws Exception {
    publish();
    try (ModelSubscriber subscriber = start()) {
      subscriber.awaitVersion(1, LONG);
    }
    Files.createSymbolicLink(kept.resolve("." + ModelFolder.WEIGHTS + ".tmp"), FULL);
    publish();
    try (ModelSubscriber subscriber = start()) {
      Fault fault = catchThrowableOfType(Fault.class, () -> subscriber.awaitVersion(999, LONG));
      assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_WRITABLE);
      assertThat(fault).hasMessageContaining("model.safetensors cannot be written: No space left");
    }
    assertThat(ModelSnapshot.versionIn(kept)).isEqualTo(1);

    try (ModelSubscriber subscriber = start()) {
      subscriber.awaitVersion(2, LONG);
    }
    assertThat(ModelSnapshot.open("m", kept).version()).isEqualTo(worker.state().version());
  }
}
