package dev.emend.publish;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A position in a distributed trace, as the W3C Trace Context recommendation writes it in the
 * header {@code traceparent}.
 *
 * @param text for example {@code 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01}
 */
public record TraceParent(String text) {
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Refuses with {@link IllegalArgumentException} what the recommendation does not allow. */
  public TraceParent {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no W3C traceparent of version 00");
    }
  }

  /** Starts a new sampled trace at each call. Thread-safe. */
  public static Supplier<TraceParent> random() {
    SecureRandom random = new SecureRandom();
    return () -> start(random);
  }

  private static TraceParent start(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    // All zeros is not allowed; a set bit in each part makes sure.
    bytes[0] |= 1;
    bytes[16] |= 1;
    String hex = HexFormat.of().formatHex(bytes);
    return new TraceParent("00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01");
  }
}
