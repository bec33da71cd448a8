package dev.emend.schedule;

import dev.emend.size.ByteSize;

/**
 * The most that a window may hold. Only a single change set may exceed it.
 *
 * @param facts most facts, at least 1
 * @param bytes most bytes of their records on the wire
 */
public record WindowCap(int facts, ByteSize bytes) {

  /** Refuses a cap that no fact fits under. */
  public WindowCap {
    if (facts < 1 || bytes.bytes() < 1) {
      throw new IllegalArgumentException(
          "no window can hold %d facts of %s".formatted(facts, bytes));
    }
  }
}
