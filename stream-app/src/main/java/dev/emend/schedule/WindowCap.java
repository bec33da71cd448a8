package dev.emend.schedule;

import dev.emend.size.ByteSize;
import java.util.Objects;

/**
 * The most that a window may hold. Only a single fact or a single change set may exceed it, because
 * neither can be cut.
 *
 * @param facts most facts, at least 1
 * @param bytes most bytes of their records on the wire
 * @param guard what else it must obey
 */
public record WindowCap(int facts, ByteSize bytes, WindowGuard guard) {

  /** Refuses a cap that no fact fits under. */
  public WindowCap {
    if (facts < 1 || bytes.bytes() < 1) {
      throw new IllegalArgumentException(
          "no window can hold %d facts of %s".formatted(facts, bytes));
    }
    Objects.requireNonNull(guard, "guard");
  }

  /** A cap without a guard. */
  public WindowCap(int facts, ByteSize bytes) {
    this(facts, bytes, WindowGuard.NONE);
  }

  /** The same with fewer facts, if that is fewer, and a guard. */
  WindowCap narrowed(int most, WindowGuard narrower) {
    return new WindowCap(Math.max(1, Math.min(facts, most)), bytes, narrower);
  }
}
