package dev.emend.subscribe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A folder with the newest version and the place in the log after it. The weights name their own
 * version, and the place is believed only if it names the same, so a crash between writing the two
 * costs nothing but reading the log from its beginning.
 */
final class KeptFolder {
  private static final String POSITION = ".emend-position.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  KeptFolder(Path folder) {
    this.folder = folder;
  }

  /** What the folder holds; the base model if it holds nothing. */
  Served open(String model, Path base) {
    if (isEmpty()) {
      return new Served(ModelSnapshot.open(model, base), Optional.empty());
    }
    ModelState state = ModelSnapshot.open(model, folder);
    return new Served(state, position(state));
  }

  /** Makes a folder that holds nothing hold {@code first}, so that readers need not wait. */
  void writeIfEmpty(Served first) {
    if (isEmpty()) {
      write(first);
    }
  }

  private boolean isEmpty() {
    return !Files.isRegularFile(folder.resolve(ModelFolder.CONFIG));
  }

  void write(Served served) {
    ModelSnapshot.write(served.state(), folder);
    served.position().ifPresent(position -> write(served, position));
  }

  private void write(Served served, LogPosition position) {
    Path file = folder.resolve(POSITION);
    Path temporary = folder.resolve(POSITION + ".tmp");
    Map<String, Object> content =
        Map.of(
            "version", served.version(),
            "chain_hash", served.state().version().chainHash().hex(),
            "deltas", position.deltas(),
            "chunks", position.chunks());
    try {
      Files.write(temporary, JSON.writeValueAsBytes(content));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file, e);
    }
  }

  private Optional<LogPosition> position(ModelState state) {
    Path file = folder.resolve(POSITION);
    try {
      JsonNode content = JSON.readTree(Files.readAllBytes(file));
      boolean same =
          content.path("version").asLong(-1) == state.version().version()
              && content.path("chain_hash").asText().equals(state.version().chainHash().hex())
              && content.path("deltas").isIntegralNumber()
              && content.path("chunks").isIntegralNumber();
      return same
          ? Optional.of(
              new LogPosition(content.path("deltas").asLong(), content.path("chunks").asLong()))
          : Optional.empty();
    } catch (IOException e) {
      // No place, or one that cannot be read: the log is read from its beginning.
      return Optional.empty();
    }
  }
}
