package dev.emend.weights;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, compared by value. Immutable. */
public final class Digest32 {
  /** Number of bytes of a digest. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Digest32(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /**
   * A digest of the given bytes, copied.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static Digest32 of(byte[] bytes) {
    return new Digest32(bytes.clone());
  }

  /**
   * A digest of the bytes between position and limit, copied; the buffer is left as it is.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static Digest32 of(ByteBuffer buffer) {
    byte[] copy = new byte[Math.min(buffer.remaining(), LENGTH + 1)];
    buffer.duplicate().get(copy);
    return new Digest32(copy);
  }

  /**
   * Reads the form that {@link #hex()} writes, in either case.
   *
   * @throws IllegalArgumentException if the text is not 64 hexadecimal digits
   */
  public static Digest32 parse(String hex) {
    return new Digest32(HexFormat.of().parseHex(hex));
  }

  /** The SHA-256 of the bytes between position and limit; the buffer is left as it is. */
  public static Digest32 sha256(ByteBuffer content) {
    MessageDigest digest = newSha256();
    digest.update(content.duplicate());
    return new Digest32(digest.digest());
  }

  /** The SHA-256 of the bytes. */
  public static Digest32 sha256(byte[] content) {
    return sha256(ByteBuffer.wrap(content));
  }

  /** The digest of everything that {@code sha256} was fed; resets it. */
  public static Digest32 finish(MessageDigest sha256) {
    return new Digest32(sha256.digest());
  }

  /** A new SHA-256 engine. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A read-only view of the 32 bytes, as Avro records want it. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The first 12 hexadecimal digits, for messages and tables. */
  public String shortHex() {
    return hex().substring(0, 12);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest32 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
