package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
  private static final DeltaPackager NOTHING_INLINE =
      new DeltaPackager(new ByteSize(0), new ByteSize(40));

  @TempDir Path temp;

  private Path root() {
    return temp.resolve("blobs");
  }

  @Test
  void shouldFollowADeltaWhosePayloadsLieInAStore() throws IOException {
    ModelState base = ModelState.open("capitals", TestDeltas.folder(temp.resolve("base"), 5));
    BlobStore store = new FolderBlobStore(root());
    StagedVersion staged = TestSteps.next(base);
    PackedDelta packed = NOTHING_INLINE.storingIn(store).pack(staged);
    ModelDelta delta = TestSteps.record(packed);
    PayloadSource payloads = new StoredPayloads(store, PayloadSource.INLINE);

    ModelState followed = base.follow(delta, payloads, ExactUpdate.sequential()).result();

    assertThat(followed.version()).isEqualTo(staged.result().version());
    assertThat(packed.chunks()).isEmpty();
    assertThat(files()).hasSize(2);
    NOTHING_INLINE.storingIn(store).pack(staged);
    assertThat(files()).hasSize(2);

    Files.write(files().get(0), new byte[] {1});
    refused(base, delta, payloads, FaultCode.DELTA_CORRUPT, "payload of 1 bytes");
    Files.delete(files().get(0));
    refused(base, delta, payloads, FaultCode.FILE_NOT_FOUND, "is not there");
    refused(base, delta, PayloadSource.INLINE, FaultCode.DELTA_CORRUPT, "name the store");
  }

  @Test
  void shouldNotReadOutsideItsFolder() {
    BlobStore store = new FolderBlobStore(root());
    assertThatThrownBy(() -> store.get("../base/config.json", 9)).hasMessageContaining("no name");
    String other = Digest32.sha256(new byte[0]).hex();
    assertThatThrownBy(() -> store.get("00/" + other, 9)).hasMessageContaining("no name");
  }

  @Test
  void shouldRepairAFileThatWasCutShort() throws IOException {
    BlobStore store = new FolderBlobStore(root());
    ByteBuffer content = ByteBuffer.wrap(new byte[] {1, 2, 3});
    String name = store.put(Digest32.sha256(content), content);
    Files.write(root().resolve(name), new byte[] {1});

    assertThat(store.put(Digest32.sha256(content), content)).isEqualTo(name);

    assertThat(store.get(name, 3)).isEqualTo(content);
  }

  @Test
  void shouldNotReadMoreThanTheRecordStates() throws IOException {
    BlobStore store = new FolderBlobStore(root());
    ByteBuffer content = ByteBuffer.wrap(new byte[] {1, 2, 3});
    String name = store.put(Digest32.sha256(content), content);
    assertThatThrownBy(() -> store.get(name, 2)).hasMessageContaining("more bytes than the stated");
    assertThatThrownBy(() -> store.get(name, -1))
        .hasMessageContaining("more bytes than the stated");
    assertThat(store.get(name, Long.MAX_VALUE)).isEqualTo(content);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root())) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void refused(
      ModelState base, ModelDelta delta, PayloadSource payloads, FaultCode code, String reason) {
    assertThatThrownBy(() -> base.follow(delta, payloads, ExactUpdate.sequential()))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
        .hasMessageContaining(reason);
  }
}
