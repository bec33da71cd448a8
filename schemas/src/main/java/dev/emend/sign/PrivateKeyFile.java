package dev.emend.sign;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A private key as a PEM file. */
final class PrivateKeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateKeyFile.class);
  private static final String POSIX = "posix";
  private static final long LARGEST = 64 * 1024;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PrivateKeyFile() {}

  /**
   * The PKCS#8 bytes.
   *
   * @throws IllegalArgumentException if the file holds none
   */
  static byte[] read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException("too large for a key");
      }
      warnIfOpen(file);
      Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw new IllegalArgumentException("no PEM block of a private key");
      }
      return Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read the private key in " + file, e);
    }
  }

  private static void warnIfOpen(Path file) throws IOException {
    if (isPosix()
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      LOG.warn("everybody on this machine may read the private key in {}", file);
    }
  }

  static void write(Path file, byte[] pkcs8) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
    String pem = "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    try {
      Files.createFile(file, ownerOnly());
      Files.writeString(file, pem, StandardCharsets.US_ASCII);
    } catch (FileAlreadyExistsException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, file + " exists; a key is never overwritten", e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write the private key " + file, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!isPosix()) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains(POSIX);
  }
}
