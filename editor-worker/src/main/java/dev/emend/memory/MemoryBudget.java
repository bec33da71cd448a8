package dev.emend.memory;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The memory that the process may come to occupy. Work asks before it starts; what would not fit is
 * refused with the figures. Thread-safe.
 */
public final class MemoryBudget {
  /** No limit. */
  public static final MemoryBudget UNLIMITED =
      new MemoryBudget(new ByteSize(Long.MAX_VALUE), () -> 0);

  private final ByteSize limit;
  private final LongSupplier resident;

  private MemoryBudget(ByteSize limit, LongSupplier resident) {
    this.limit = limit;
    this.resident = resident;
  }

  /** A limit on this process; empty for none. */
  public static MemoryBudget of(Optional<ByteSize> limit) {
    ProcessMemory memory = new ProcessMemory();
    return limit.map(size -> of(size, memory::resident)).orElse(UNLIMITED);
  }

  /** A limit on something whose resident bytes {@code resident} tells. */
  public static MemoryBudget of(ByteSize limit, LongSupplier resident) {
    return new MemoryBudget(limit, resident);
  }

  /** Whether there is a limit. */
  public boolean isLimited() {
    return this != UNLIMITED;
  }

  /** Whether a need fits beside what is occupied now. */
  public boolean fits(MemoryNeed need) {
    return need.total().bytes() <= limit.bytes() - resident.getAsLong();
  }

  /**
   * Refuses a need that does not fit.
   *
   * @param work what is about to start, for example {@code a window of 100 facts}
   * @param advice what a person can do, for example {@code use smaller windows}
   * @throws Fault MEMORY_EXCEEDED with the figures
   */
  public void require(String work, MemoryNeed need, String advice) {
    if (fits(need)) {
      return;
    }
    ByteSize now = new ByteSize(resident.getAsLong());
    throw new Fault(
        FaultCode.MEMORY_EXCEEDED,
        "%s would need %s beside the %s in use, above the limit of %s (%s); %s"
            .formatted(work, need.total(), now, limit, need, advice));
  }
}
