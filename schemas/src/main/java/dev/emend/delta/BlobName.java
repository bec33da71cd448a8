package dev.emend.delta;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** How a payload is called in every blob store: {@code ab/abcd...}, by its SHA-256. */
public final class BlobName {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{2})/\\1[0-9a-f]{62}");

  private BlobName() {}

  /** The name of content with this digest. */
  public static String of(Digest32 sha256) {
    String hex = sha256.hex();
    return hex.substring(0, 2) + '/' + hex;
  }

  /**
   * Refuses what is no such name, for example a path that leads elsewhere.
   *
   * @throws Fault DELTA_CORRUPT
   */
  public static void require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault(FaultCode.DELTA_CORRUPT, "'" + name + "' is no name of a stored payload");
    }
  }

  /**
   * Reads content of at most this length. Memory grows with what is there, never with the length,
   * which a record states and nothing proves.
   *
   * @throws Fault DELTA_CORRUPT if there is more
   */
  public static ByteBuffer read(InputStream content, String name, long length) throws IOException {
    int most = (int) Math.max(0, Math.min(length, Integer.MAX_VALUE - 8));
    byte[] bytes = content.readNBytes(most);
    if (bytes.length == most && content.read() >= 0) {
      throw new Fault(
          FaultCode.DELTA_CORRUPT,
          "the payload " + name + " has more bytes than the stated " + length);
    }
    return ByteBuffer.wrap(bytes);
  }
}
