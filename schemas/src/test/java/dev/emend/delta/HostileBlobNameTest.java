package dev.emend.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.fault.Fault;
import dev.emend.hostile.HostileInput;
import dev.emend.weights.Digest32;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of payloads that would like to lead elsewhere. */
class HostileBlobNameTest {
  @TempDir Path folder;

  @Test
  void shouldLetNoNameLeadOutOfTheFolder() {
    FolderBlobStore store = new FolderBlobStore(folder);
    String sound = BlobName.of(Digest32.sha256(new byte[0]));
    Path root = folder.toAbsolutePath();
    HostileInput.attack(
        List.of(sound.getBytes(StandardCharsets.UTF_8)),
        List.of("../", "..", "/", "\\", "%2e%2e%2f", "\u0000", "~", "C:", "file://", "\n", "aa/"),
        bytes -> {
          String name = new String(bytes, StandardCharsets.UTF_8);
          BlobName.require(name);
          assertThat(root.resolve(name).normalize()).startsWithRaw(root);
          assertThat(store.delete(name)).isFalse(); // there is nothing, and no exception either
        },
        Fault.class);
  }
}
