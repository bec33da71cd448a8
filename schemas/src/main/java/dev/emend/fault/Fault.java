package dev.emend.fault;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on. The message is one line that says what is wrong and, where
 * possible, what to do.
 */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 4000;

  /** What would steer a terminal, forge a line of a log, or turn the direction of its text. */
  private static final Pattern STEERING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\x{80}-\\x{9f}]");

  private final FaultCode code;

  /** A fault without an underlying exception. */
  public Fault(FaultCode code, String message) {
    this(code, message, null);
  }

  /** A fault caused by {@code cause}. */
  public Fault(FaultCode code, String message, @Nullable Throwable cause) {
    super(line(Objects.requireNonNull(message, "message")), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** One line that may stand in a log or on a terminal, whoever wrote the text that it quotes. */
  private static String line(String message) {
    String cut =
        message.length() <= LONGEST
            ? message
            : message.substring(0, LONGEST) + "... (" + message.length() + " characters)";
    return STEERING
        .matcher(cut.replaceAll("\\R+", " "))
        .replaceAll(found -> String.format(Locale.ROOT, "<%04x>", (int) found.group().charAt(0)));
  }

  /** The code that users match on. */
  public FaultCode code() {
    return code;
  }
}
