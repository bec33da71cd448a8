package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.linalg.GramInverse;
import dev.emend.linalg.StoredInverse;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inverses of a key memory in a file, so that a start need not factor them: a line that names
 * the format, a line with the digest of all that they depend on (see {@link MemoryKey}), the
 * inverses, layers ascending, and the SHA-256 of everything before. A file that is of another
 * memory, cut short or damaged is not used. Stateless.
 */
final class MemoryFile {
  private static final Logger log = LoggerFactory.getLogger(MemoryFile.class);
  private static final String FORMAT = "emend.memory.1";
  private static final int BUFFER = 1 << 20;

  private MemoryFile() {}

  /**
   * Writes the inverses; the file is there entirely or not at all.
   *
   * @throws Fault FILE_NOT_WRITABLE if that fails
   */
  static void write(Path file, String key, List<GramInverse> inverses) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      MessageDigest sha = sha256();
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new DigestOutputStream(Files.newOutputStream(part), sha), BUFFER))) {
        out.writeUTF(FORMAT);
        out.writeUTF(key);
        out.writeInt(inverses.size());
        for (GramInverse inverse : inverses) {
          StoredInverse.write(inverse, out);
        }
        out.flush();
        out.write(sha.digest());
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "the key memory cannot be kept in " + file, e);
    }
  }

  /** The inverses if the file holds those of {@code key}; they become the caller's. */
  static Optional<List<GramInverse>> read(Path file, String key) {
    List<GramInverse> inverses = new ArrayList<>();
    boolean good = false;
    try {
      good = read(file, key, inverses);
      return good ? Optional.of(List.copyOf(inverses)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      log.warn("the key memory in {} is not usable and will be computed: {}", file, e.toString());
      return Optional.empty();
    } finally {
      if (!good) {
        inverses.forEach(GramInverse::close);
      }
    }
  }

  private static boolean read(Path file, String key, List<GramInverse> into) throws IOException {
    MessageDigest sha = sha256();
    // Nothing is read ahead of the digest, since the trailer must not enter it.
    try (BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        DataInputStream in = new DataInputStream(new DigestInputStream(bytes, sha))) {
      if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(key)) {
        log.info("the key memory in {} is of another state and will be computed", file);
        return false;
      }
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        into.add(StoredInverse.read(in));
      }
      byte[] expected = sha.digest();
      byte[] stated = bytes.readNBytes(expected.length);
      if (!MessageDigest.isEqual(expected, stated)) {
        throw new EOFException(
            "its digest is " + HexFormat.of().formatHex(expected) + ", not as stated");
      }
      return true;
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
