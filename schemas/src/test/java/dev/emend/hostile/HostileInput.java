package dev.emend.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Feeds broken input to a decoder. Each case must be accepted or refused with an exception that the
 * decoder promises, and must not allocate more than a multiple of the bytes that it was given,
 * whatever lengths they state. {@code -Demend.fuzz.cases=N} sets how many cases there are for each
 * decoder; the profile {@code fuzz} sets many. Stateless.
 */
public final class HostileInput {
  private static final int CASES = Integer.getInteger("emend.fuzz.cases", 2000);
  private static final long SEED = Long.getLong("emend.fuzz.seed", 20261123L);

  /** Loading classes and wording a refusal take some of it; a believed length takes gigabytes. */
  private static final long FREE_BYTES = 32 << 20;

  private static final long TIMES = 200;

  /** Words that are out of place in any JSON. */
  public static final List<String> JSON =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "null",
          "-1",
          "0",
          "1e999",
          "NaN",
          "-Infinity",
          "9223372036854775808",
          "2147483648",
          "1.5",
          "\\u0000",
          "\\ud800",
          "true",
          "[[[[[[[[",
          "\"../../etc/passwd\"",
          "{\"a\":{\"a\":{\"a\":",
          "\u001b[31m",
          "\uFEFF");

  private HostileInput() {}

  /** Reads bytes; throws what it likes. */
  @FunctionalInterface
  public interface Decoder {
    /** Reads one input. */
    void read(byte[] bytes) throws Exception;
  }

  /**
   * Breaks sound input again and again and lets it be read.
   *
   * @param sound input that the decoder accepts
   * @param words of its grammar
   * @param promised what it may throw
   */
  public static void attack(
      List<byte[]> sound,
      List<String> words,
      Decoder decoder,
      Class<? extends Exception> promised) {
    attack(sound, words, decoder, promised, 1);
  }

  /** The same for a slow decoder, with one case of so many. */
  public static void attack(
      List<byte[]> sound,
      List<String> words,
      Decoder decoder,
      Class<? extends Exception> promised,
      int oneOf) {
    sound.forEach(bytes -> assertThat(refused(decoder, bytes, promised, -1)).isFalse());
    int refusals = 0;
    for (int i = 0; i < CASES / oneOf; i++) {
      byte[] bytes = new Mutator(sound, words, new Random(SEED + i)).next();
      refusals += refused(decoder, bytes, promised, SEED + i) ? 1 : 0;
    }
    assertThat(refusals).as("refusals of broken input").isPositive();
  }

  private static boolean refused(
      Decoder decoder, byte[] bytes, Class<? extends Exception> promised, long seed) {
    long before = allocated();
    boolean refused = false;
    try {
      decoder.read(bytes);
    } catch (Throwable thrown) {
      refused = promised.isInstance(thrown);
      if (!refused) {
        throw new AssertionError(told("broke the decoder", bytes, seed), thrown);
      }
    }
    long taken = allocated() - before;
    if (taken > FREE_BYTES + TIMES * bytes.length) {
      throw new AssertionError(told("allocated " + taken + " bytes", bytes, seed));
    }
    return refused;
  }

  private static String told(String what, byte[] bytes, long seed) {
    String shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 400));
    return "seed " + seed + ": " + bytes.length + " bytes " + what + ": " + shown;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
