package dev.emend.local;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one running stack: {@code broker/}, {@code registry/} and {@code logs/}. A lock
 * that the operating system takes back from a killed process keeps two stacks out of one folder.
 */
final class StackFolder implements AutoCloseable {
  private final Path root;
  private final boolean temporary;
  private final FileChannel lockFile;

  private StackFolder(Path root, boolean temporary, FileChannel lockFile) {
    this.root = root;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /** Opens the folder, or makes a temporary one. */
  static StackFolder open(Optional<Path> kept) {
    try {
      Path root =
          kept.isPresent()
              ? Files.createDirectories(kept.get())
              : Files.createTempDirectory("emend-stack-");
      FileChannel lockFile = lock(root);
      Files.createDirectories(root.resolve("registry"));
      Files.createDirectories(root.resolve("logs"));
      return new StackFolder(root, kept.isEmpty(), lockFile);
    } catch (IOException e) {
      throw new Fault(
          FaultCode.FILE_NOT_WRITABLE,
          "cannot use " + kept.map(Path::toString).orElse("a temporary folder") + ": " + e,
          e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new Fault(
          FaultCode.STACK_START,
          "another stack is running in " + root + "; stop it or choose another --dir");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another stack of this JVM
    }
  }

  Path root() {
    return root;
  }

  Path broker() {
    return root.resolve("broker");
  }

  Path registry() {
    return root.resolve("registry");
  }

  Path log(String name) {
    return root.resolve("logs").resolve(name);
  }

  boolean temporary() {
    return temporary;
  }

  /** Gives the lock back and deletes the folder if it is temporary. */
  @Override
  public void close() {
    try {
      lockFile.close();
      if (temporary) {
        Folders.delete(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
