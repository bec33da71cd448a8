package dev.emend.sign;

import dev.emend.weights.Digest32;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a signature covers: values one after another as netstrings, {@code 5:hello,}, so that no
 * value can pass for two or for its neighbour. Text is UTF-8, numbers are decimal, digests
 * lower-case hexadecimal; a list is its size and then its values. Not thread-safe.
 */
final class Statement {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins with the name of the form, so that one kind of statement never passes for another. */
  Statement(String form) {
    add(form);
  }

  Statement add(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(text);
    bytes.write(',');
    return this;
  }

  Statement add(long value) {
    return add(Long.toString(value));
  }

  /** The bytes between position and limit in hexadecimal; the buffer is left as it is. */
  Statement add(ByteBuffer value) {
    return add(hex(value));
  }

  Statement add(List<String> values) {
    add(values.size());
    values.forEach(this::add);
    return this;
  }

  /** A list of none or one. */
  Statement addNullable(@Nullable Object value) {
    return add(value == null ? List.of() : List.of(value.toString()));
  }

  /** A list of none or one. */
  Statement addNullable(@Nullable Instant value) {
    return addNullable((Object) (value == null ? null : value.toEpochMilli()));
  }

  static String hex(ByteBuffer value) {
    byte[] copy = new byte[value.remaining()];
    value.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Digest32 digest() {
    return Digest32.sha256(bytes());
  }
}
