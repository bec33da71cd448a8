package dev.emend.delta;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A blob store in a folder that writer and readers share, for example on a network drive. The file
 * of a payload is {@code ab/abcd...}, named by its SHA-256 in hexadecimal; it appears whole, by a
 * rename. Thread-safe, also between processes.
 */
public final class FolderBlobStore implements BlobStore {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{2})/\\1[0-9a-f]{62}");

  private final Path root;

  /** Stores in this folder, which is created with the first payload. */
  public FolderBlobStore(Path root) {
    this.root = root;
  }

  @Override
  public String put(Digest32 sha256, ByteBuffer content) {
    String hex = sha256.hex();
    String name = hex.substring(0, 2) + '/' + hex;
    Path file = root.resolve(name);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != content.remaining()) {
        write(file, content.duplicate());
      }
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write the payload " + file, e);
    }
    return name;
  }

  private static void write(Path file, ByteBuffer content) throws IOException {
    Path folder = Files.createDirectories(file.resolveSibling("."));
    Path temporary = Files.createTempFile(folder, "payload", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public ByteBuffer get(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault(FaultCode.DELTA_CORRUPT, "'" + name + "' is no name of a stored payload");
    }
    Path file = root.resolve(name);
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "the payload " + file + " is not there", e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read the payload " + file, e);
    }
  }
}
