package dev.emend.delta;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A blob store in a folder that writer and readers share, for example on a network drive. The file
 * of a payload is {@code ab/abcd...}, named by its SHA-256 in hexadecimal; it appears whole, by a
 * rename. Thread-safe, also between processes.
 */
public final class FolderBlobStore implements BlobStore {
  private final Path root;

  /** Stores in this folder, which is created with the first payload. */
  public FolderBlobStore(Path root) {
    this.root = root;
  }

  @Override
  public String put(Digest32 sha256, ByteBuffer content) {
    String name = BlobName.of(sha256);
    Path file = root.resolve(name);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != content.remaining()) {
        write(file, content.duplicate());
      }
    } catch (IOException e) {
      // A full disk or a drive that is away: the same payload can be written later.
      throw new Fault(
          FaultCode.BLOBS_UNAVAILABLE,
          "cannot write the payload %s: %s".formatted(file, e.getMessage()),
          e);
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
  public boolean delete(String name) {
    BlobName.require(name);
    Path file = root.resolve(name);
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot delete the payload " + file, e);
    }
  }

  @Override
  public ByteBuffer get(String name, long length) {
    BlobName.require(name);
    Path file = root.resolve(name);
    try (InputStream content = Files.newInputStream(file)) {
      return BlobName.read(content, name, length);
    } catch (NoSuchFileException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "the payload " + file + " is not there", e);
    } catch (IOException e) {
      throw new Fault(
          FaultCode.BLOBS_UNAVAILABLE,
          "cannot read the payload %s: %s".formatted(file, e.getMessage()),
          e);
    }
  }
}
