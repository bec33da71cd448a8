package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.retract;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.delta.FolderBlobStore;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.event.DeltaChunk;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.subscribe.SnapshotShelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker makes of a log that it finds. */
class LoopReplayTest extends LoopTest {
  private final List<ModelState> states = new ArrayList<>();

  @Test
  void shouldRebuildTheSameModelAfterARestart() {
    ready();
    harness.deliver(
        0, window(1, tell("Ann", "English"), tell("Bob", "Dutch"), tell("Eve", "Thai")));
    harness.deliver(1, window(2, tell("Ann", "French"), retract("Bob")));
    harness.turnUntilVersion(2);
    Standing before = harness.state.live().orElseThrow();
    float[] weights = harness.editor.weights();
    List<ProducerRecord<String, byte[]>> log = harness.committed();

    restart(LoopSetup.OPEN, log);
    harness.turnUntilVersion(2);

    Standing after = harness.state.live().orElseThrow();
    assertThat(harness.editor.weights()).isEqualTo(weights);
    assertThat(after.state().version()).isEqualTo(before.state().version());
    assertThat(after.ledger().facts()).isEqualTo(before.ledger().facts());
    assertThat(after.windows()).isEqualTo(before.windows());
  }

  @Test
  void shouldKeepLargePayloadsInAStoreAndRebuildFromIt(@TempDir Path blobs) {
    LoopSetup storing = LoopSetup.OPEN.store(new FolderBlobStore(blobs));
    restart(storing, List.of());
    harness.turnUntilIdle();
    harness.deliver(
        0, window(1, tell("Ann", "English"), tell("Bob", "Dutch"), tell("Eve", "Thai")));
    harness.turnUntilVersion(1);
    float[] weights = harness.editor.weights();
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    assertThat(harness.committed(TOPICS.deltaChunks(), DeltaChunk.class)).isEmpty();
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class))
        .flatExtracting(ModelDelta::getTensors)
        .anySatisfy(tensor -> assertThat(tensor.getBlob()).isNotNull());

    restart(storing, log);
    harness.turnUntilVersion(1);

    assertThat(harness.editor.weights()).isEqualTo(weights);
  }

  @Test
  void shouldStopAtADeltaThatContradictsTheLogAndNameItsPlace() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English"), tell("Bob", "Dutch")));
    harness.turnUntilVersion(1);
    List<ProducerRecord<String, byte[]>> log =
        harness.committed().stream()
            .filter(record -> !record.topic().equals(TOPICS.deltaChunks()))
            .toList();
    restart(LoopSetup.OPEN, log);

    assertThatThrownBy(() -> harness.turnUntilVersion(1))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("version 1 at emend.deltas-0@0")
        .extracting(e -> ((Fault) e).code())
        .isEqualTo(FaultCode.DELTA_CORRUPT);
  }

  @Test
  void shouldStopAtAPayloadWithAFlippedBitAndNameVersionAndOffset() {
    List<ProducerRecord<String, byte[]>> log = threeVersions();
    List<ProducerRecord<String, byte[]>> spoilt = new ArrayList<>(log);
    String second = chunkKeys(2).get(0);
    spoilt.replaceAll(r -> second.equals(chunkKey(r)) ? flipped(r) : r);

    restart(LoopSetup.OPEN, spoilt);

    assertThatThrownBy(() -> harness.turnUntilVersion(3))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("version 2 at emend.deltas-0@1")
        .extracting(e -> ((Fault) e).code())
        .isEqualTo(FaultCode.DIGEST_MISMATCH);
  }

  @Test
  void shouldStartFromTheNewestSnapshotAndFromAnOlderOneWhenThatIsDamaged(@TempDir Path snapshots)
      throws IOException {
    List<ProducerRecord<String, byte[]>> log = threeVersions();
    float[] weights = harness.editor.weights();
    for (int version = 1; version <= 2; version++) {
      ModelSnapshot.write(
          states.get(version - 1), snapshots.resolve("v00000000000" + version), Map.of());
    }
    LoopSetup shelved = LoopSetup.OPEN.shelf(new SnapshotShelf(snapshots));
    // Whoever started earlier would miss payloads.
    List<ProducerRecord<String, byte[]>> fromSecond = without(log, 1, 2);
    List<ProducerRecord<String, byte[]>> fromFirst = without(log, 1);

    restart(shelved, fromSecond);
    harness.turnUntilVersion(3);
    assertThat(harness.editor.weights()).isEqualTo(weights);

    Path newest = snapshots.resolve("v000000000002").resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 1] ^= 1;
    Files.write(newest, bytes);
    restart(shelved, fromFirst);
    harness.turnUntilVersion(3);
    assertThat(harness.editor.weights()).isEqualTo(weights);
    assertThat(harness.state.live().orElseThrow().windows()).hasSize(3);
  }

  private List<ProducerRecord<String, byte[]>> threeVersions() {
    ready();
    for (int version = 1; version <= 3; version++) {
      harness.deliver(
          version - 1, window(version, tell("Ann", "o" + version), tell("Bob", "p" + version)));
      harness.turnUntilVersion(version);
      states.add(harness.state.live().orElseThrow().state());
    }
    return harness.committed();
  }

  private List<ProducerRecord<String, byte[]>> without(
      List<ProducerRecord<String, byte[]>> log, int... versions) {
    Set<String> gone =
        Arrays.stream(versions).boxed().flatMap(v -> chunkKeys(v).stream()).collect(toSet());
    return log.stream().filter(r -> !gone.contains(chunkKey(r))).toList();
  }

  /** What the chunks of a version are called, which must not all be inline. */
  private List<String> chunkKeys(int version) {
    List<String> keys =
        harness.committed(TOPICS.deltas(), ModelDelta.class).stream()
            .filter(delta -> delta.getVersion() == version)
            .flatMap(delta -> delta.getTensors().stream())
            .flatMap(tensor -> Optional.ofNullable(tensor.getChunkKey()).stream())
            .toList();
    assertThat(keys).isNotEmpty();
    return keys;
  }

  private static String chunkKey(ProducerRecord<String, byte[]> record) {
    return record.topic().equals(TOPICS.deltaChunks())
        ? record.key().substring(0, record.key().lastIndexOf('#'))
        : "";
  }

  private ProducerRecord<String, byte[]> flipped(ProducerRecord<String, byte[]> record) {
    DeltaChunk chunk =
        harness.codec.decode(DeltaChunk.class, record.topic(), record.headers(), record.value());
    ByteBuffer payload = chunk.getPayload();
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    bytes[bytes.length - 1] ^= 1;
    chunk.setPayload(ByteBuffer.wrap(bytes));
    return new ProducerRecord<>(
        record.topic(), null, record.key(), harness.codec.encode(record.topic(), chunk));
  }
}
