package dev.emend.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Breaks sound input: bits, extreme numbers in either byte order, cuts, repetitions, pieces of
 * other input, and words of the grammar in the wrong place. The same random numbers break it the
 * same way. Not thread-safe.
 */
final class Mutator {
  private static final int MOST_BREAKS = 4;
  private static final int MOST_BYTES = 1 << 16;
  private static final long[] EXTREME = {
    0,
    -1,
    1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32,
    1 << 30
  };

  private final List<byte[]> sound;
  private final List<byte[]> words;
  private final Random random;

  Mutator(List<byte[]> sound, List<String> words, Random random) {
    this.sound = sound;
    this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    this.random = random;
  }

  byte[] next() {
    byte[] bytes = pick(sound).clone();
    int breaks = 1 + random.nextInt(MOST_BREAKS);
    for (int i = 0; i < breaks; i++) {
      bytes = broken(bytes);
    }
    return bytes;
  }

  private byte[] broken(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(bytes);
      case 1 -> number(bytes);
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> spliced(bytes, at, part(bytes), 0);
      case 4 -> spliced(bytes, at, part(pick(sound)), random.nextInt(9));
      case 5 -> spliced(bytes, at, noise(), random.nextInt(9));
      case 6 -> spliced(bytes, at, new byte[0], 1 + random.nextInt(16));
      default -> spliced(bytes, at, words.isEmpty() ? noise() : pick(words), random.nextInt(9));
    };
  }

  private byte[] flipped(byte[] bytes) {
    byte[] copy = bytes.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  /** An extreme number of 4 or 8 bytes over what stood there. */
  private byte[] number(byte[] bytes) {
    byte[] copy = bytes.clone();
    int width = random.nextBoolean() ? Integer.BYTES : Long.BYTES;
    if (copy.length >= width) {
      int at = random.nextInt(copy.length - width + 1);
      long value = EXTREME[random.nextInt(EXTREME.length)];
      ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      ByteBuffer target = ByteBuffer.wrap(copy).order(order);
      if (width == Long.BYTES) {
        target.putLong(at, value);
      } else {
        target.putInt(at, (int) value);
      }
    }
    return copy;
  }

  /** The bytes with {@code piece} for the {@code dropped} ones from {@code at} on. */
  private static byte[] spliced(byte[] bytes, int at, byte[] piece, int dropped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + piece.length);
    out.write(bytes, 0, at);
    out.writeBytes(piece);
    int rest = Math.min(bytes.length, at + dropped);
    out.write(bytes, rest, bytes.length - rest);
    byte[] whole = out.toByteArray();
    return whole.length > MOST_BYTES ? Arrays.copyOf(whole, MOST_BYTES) : whole;
  }

  private byte[] part(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(12)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] pick(List<byte[]> from) {
    return from.get(random.nextInt(from.size()));
  }
}
