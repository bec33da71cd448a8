package dev.emend.subscribe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.VersionProof;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A folder with a version and the place in the log after it. The weights name their own version,
 * and the place is believed only if it names the same, so a crash between writing the two costs
 * nothing but reading the log from its beginning. If the version is signed, the header of the
 * weights holds the proof.
 */
final class KeptFolder {
  private static final String POSITION = ".emend-position.json";
  private static final String PROOF = "emend.proof";
  private static final String VERSION = "version";
  private static final String CHAIN_HASH = "chain_hash";
  private static final String DELTAS = "deltas";
  private static final String CHUNKS = "chunks";
  private static final String PAYLOAD_BYTES = "payload_bytes";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  KeptFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  boolean isEmpty() {
    return !Files.isRegularFile(folder.resolve(ModelFolder.CONFIG));
  }

  /** What the folder holds; all weights are read and checked. */
  Served open(String model) {
    ModelState state = ModelSnapshot.open(model, folder);
    return new Served(state, position(state), proof(state));
  }

  /** The proof in the header of the weights, unverified; empty if there is none that is legible. */
  static Optional<VersionProof> proof(ModelState state) {
    return Optional.ofNullable(state.folder().metadata().get(PROOF)).flatMap(VersionProof::parse);
  }

  void write(Served served) {
    Map<String, String> notes = new HashMap<>();
    served.proof().ifPresent(proof -> notes.put(PROOF, proof.text()));
    ModelSnapshot.write(served.state(), folder, notes);
    served.position().ifPresent(position -> write(served, position));
  }

  private void write(Served served, LogPosition position) {
    Path file = folder.resolve(POSITION);
    Path temporary = folder.resolve(POSITION + ".tmp");
    Map<String, Object> content =
        Map.of(
            VERSION, served.version(),
            CHAIN_HASH, served.state().version().chainHash().hex(),
            DELTAS, position.deltas(),
            CHUNKS, position.chunks(),
            PAYLOAD_BYTES, position.payloadBytes());
    try {
      Files.write(temporary, JSON.writeValueAsBytes(content));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file, e);
    }
  }

  /** Bytes of payloads that a start from here does not read, as far as the folder says. */
  long payloadBytes() {
    return content().path(PAYLOAD_BYTES).asLong(0);
  }

  private Optional<LogPosition> position(ModelState state) {
    JsonNode content = content();
    boolean same =
        content.path(VERSION).asLong(-1) == state.version().version()
            && content.path(CHAIN_HASH).asText().equals(state.version().chainHash().hex())
            && content.path(DELTAS).isIntegralNumber()
            && content.path(CHUNKS).isIntegralNumber();
    return same
        ? Optional.of(
            new LogPosition(
                content.path(DELTAS).asLong(),
                content.path(CHUNKS).asLong(),
                content.path(PAYLOAD_BYTES).asLong(0)))
        : Optional.empty();
  }

  /**
   * Empty if there is no place, or one that cannot be read: then the log is read from the start.
   */
  private JsonNode content() {
    try {
      return JSON.readTree(Files.readAllBytes(folder.resolve(POSITION)));
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
