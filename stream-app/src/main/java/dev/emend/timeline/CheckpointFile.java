package dev.emend.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A checkpoint on disk: always the old or the new one, never half of it. */
final class CheckpointFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;

  CheckpointFile(Path path) {
    this.path = path;
  }

  /** What was written last; empty if nothing was. */
  Optional<Checkpoint> read() {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(path), Checkpoint.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new Fault(
          FaultCode.JSON_INVALID,
          "checkpoint %s is not readable; delete it to start over".formatted(path),
          e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read checkpoint " + path, e);
    }
  }

  /** Replaces it; when this returns it survives a crash. */
  void write(Checkpoint checkpoint) {
    Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(checkpoint));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write checkpoint " + path, e);
    }
  }
}
