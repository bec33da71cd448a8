package dev.emend.itests.chaos.system;

import java.util.Optional;

/** A process of one life: it starts, may become ready, and ends. Thread-safe. */
interface Member {
  /** The process. */
  ProcessHandle process();

  /** What it said when it became ready; empty before. */
  Optional<String> ready();

  /** Its exit code; empty while it lives. */
  Optional<Integer> exit();
}
