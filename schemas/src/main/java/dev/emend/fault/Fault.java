package dev.emend.fault;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on. The message is one line that says what is wrong and, where
 * possible, what to do.
 */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FaultCode code;

  /** A fault without an underlying exception. */
  public Fault(FaultCode code, String message) {
    this(code, message, null);
  }

  /** A fault caused by {@code cause}. */
  public Fault(FaultCode code, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message").replaceAll("\\R+", " "), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** The code that users match on. */
  public FaultCode code() {
    return code;
  }
}
