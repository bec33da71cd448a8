package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.emend.delta.BlobStore;
import dev.emend.delta.FolderBlobStore;
import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.OutcomeCode;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the records, of the editor and of what the worker depends on. */
class LoopSetbackTest extends LoopTest {
  @Test
  void shouldPutAnUnreadableWindowAmongTheDeadLettersAndGoOn() {
    ready();
    byte[] noise = "no window".getBytes(StandardCharsets.UTF_8);
    harness.deliver(0, TinyModel.NAME, noise);
    harness.deliver(1, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);

    ProducerRecord<String, byte[]> letter =
        harness.committed().stream()
            .filter(record -> record.topic().equals(TOPICS.deadLetters()))
            .findFirst()
            .orElseThrow();
    assertThat(letter.value()).isEqualTo(noise);
    assertThat(
            new String(letter.headers().lastHeader("emend-reason").value(), StandardCharsets.UTF_8))
        .isEqualTo("UNREADABLE");
    assertThat(harness.offsets()).containsExactly(1L, 2L);
  }

  @Test
  void shouldWaitForTheRegistryInsteadOfGivingUpAWindow() {
    ready();
    byte[] bytes = harness.codec.encode(TOPICS.batches(), window(1, tell("Ann", "English")));
    harness.codec.down = true;
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntil("trouble", () -> harness.state.health().trouble().isPresent());
    harness.codec.down = false;
    harness.turnUntilIdle();
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntilVersion(1);

    assertThat(harness.committed().stream().map(ProducerRecord::topic))
        .doesNotContain(TOPICS.deadLetters());
  }

  @Test
  void shouldRefuseAWindowThatBreaksTheEditorTwiceSoThatOthersGetOn() {
    ready();
    EditBatch breaking = window(1, tell("!Ann", "English"));
    harness.deliver(0, breaking);
    harness.turnUntil("rebuilt", () -> harness.editor.restores.get() == 2);
    harness.turnUntilIdle();
    harness.deliver(0, breaking);
    harness.turnUntil("refusal", () -> harness.offsets().contains(1L));

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .singleElement()
        .satisfies(o -> assertThat(o.getReason()).isEqualTo("EDIT_FAILED"));
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(1);
  }

  @Test
  void shouldRefuseAWindowWhoseRecordsNobodyCanWrite() {
    ready();
    BatchItem wordy = tell("Bob", "Dutch");
    wordy.setPrompt("{} speaks" + " and speaks".repeat(300));
    EditBatch large = window(1, tell("Ann", "English"), wordy);
    byte[] bytes = harness.codec.encode(TOPICS.batches(), large);
    harness.codec.largest = 2000;
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntil("rebuilt", () -> harness.editor.restores.get() == 2);
    harness.turnUntilIdle();
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntil("refusal", () -> harness.offsets().contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .hasSize(2)
        .allSatisfy(o -> assertThat(o.getReason()).isEqualTo("EDIT_FAILED"));
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
  }

  @Test
  void shouldStopWhenItMayNotWrite() {
    ready();
    harness.newestProducer().commitTransactionException =
        new TopicAuthorizationException("emend.deltas");
    harness.deliver(0, window(1, tell("Ann", "English")));

    assertThatThrownBy(() -> harness.turnUntilVersion(1))
        .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
  }

  @Test
  void shouldBeginAnewWhenTheEndOfItsTransactionIsUnknown() {
    ready();
    harness.newestProducer().commitTransactionException = new TimeoutException("no answer");
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntil("a new writer", () -> harness.producers.size() == 2);
    harness.turnUntilIdle();

    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class)).hasSize(1);
  }

  @Test
  void shouldWaitForSpaceWhenTheStoreIsFullAndRefuseNobody() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setBlockSize(64).setMaxSize(2048).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path other =
          Files.write(
              Files.createDirectory(disk.getPath("/disk")).resolve("other"), new byte[2048]);
      Path blobs = disk.getPath("/disk/blobs");
      restart(LoopSetup.OPEN.store(new FolderBlobStore(blobs)), List.of());
      harness.turnUntilIdle();
      EditBatch large =
          window(1, tell("Ann", "English"), tell("Bob", "Dutch"), tell("Eve", "Thai"));
      for (int attempt = 1; attempt <= 3; attempt++) {
        harness.deliver(0, large);
        harness.turnUntil("trouble", () -> trouble().contains("out of disk space"));
        harness.turnUntilIdle();
      }
      Files.delete(other);
      harness.deliver(0, large);
      harness.turnUntilVersion(1);
    }

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .extracting(FactOutcome::getCode)
        .containsOnly(OutcomeCode.APPLIED)
        .hasSize(3);
    assertThat(harness.editor.weights()).isEqualTo(liveWeights());
  }

  private String trouble() {
    return harness.state.health().trouble().orElse("");
  }

  @Test
  void shouldStayInItsGroupWhileTheStoreIsSlow(@TempDir Path blobs) {
    SlowStore store = new SlowStore(new FolderBlobStore(blobs));
    restart(LoopSetup.OPEN.store(store), List.of());
    harness.turnUntilIdle();
    harness.deliver(
        0, window(1, tell("Ann", "English"), tell("Bob", "Dutch"), tell("Eve", "Thai")));
    harness.turnUntil("a payload on its way", store.writes::hasQueuedThreads);
    AtomicInteger polls = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      harness.consumer.schedulePollTask(polls::incrementAndGet);
      harness.turn();
    }
    assertThat(polls).hasValue(5);
    assertThat(harness.consumer.paused()).containsExactly(LoopHarness.HOME);

    store.writes.release(100);
    harness.turnUntilVersion(1);
    assertThat(harness.producers).hasSize(1);
  }

  /** A store whose writes take until they are let through. */
  private record SlowStore(BlobStore store, Semaphore writes) implements BlobStore {
    SlowStore(BlobStore store) {
      this(store, new Semaphore(0));
    }

    @Override
    public String put(Digest32 sha256, ByteBuffer content) {
      writes.acquireUninterruptibly();
      return store.put(sha256, content);
    }

    @Override
    public ByteBuffer get(String name, long length) {
      return store.get(name, length);
    }

    @Override
    public boolean delete(String name) {
      return store.delete(name);
    }
  }
}
