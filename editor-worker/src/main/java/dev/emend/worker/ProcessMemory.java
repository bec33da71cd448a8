package dev.emend.worker;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process occupies, in bytes. Thread-safe.
 *
 * <p>Resident memory comes from {@code /proc/self/status}; where there is none, from JavaCPP, and
 * the peak is then the present value.
 */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";

  /** Used Java heap. */
  public long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Direct byte buffers. */
  public long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /** Native memory that JavaCPP tracks. */
  public long tracked() {
    return Pointer.totalBytes();
  }

  /** Resident memory. */
  public long resident() {
    return status("VmRSS:").orElseGet(Pointer::physicalBytes);
  }

  /** Highest resident memory since {@link #resetPeak}, or since the start where that fails. */
  public long peak() {
    return status("VmHWM:").orElseGet(Pointer::physicalBytes);
  }

  /**
   * Begins a new measurement of the peak. Returns false where the system does not allow it: the
   * peak is then the highest since the process began, which is still a bound.
   */
  public boolean resetPeak() {
    try {
      Files.writeString(CLEAR_REFS, RESET_PEAK);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static OptionalLong status(String field) {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
