package dev.emend.worker;

import dev.emend.delta.ModelVersion;
import dev.emend.fault.Fault;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerFile;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker keeps beside the log to start faster: the ledger of its last version and the
 * inverses of the key memory. All of it follows from the log, so losing it costs time and nothing
 * else. Thread-safe as long as one worker uses a folder.
 */
public final class KeptState {
  private static final Logger log = LoggerFactory.getLogger(KeptState.class);

  private final Optional<Path> folder;

  private KeptState(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Keeps nothing. */
  public static KeptState none() {
    return new KeptState(Optional.empty());
  }

  /** Keeps it in a folder, which is made when needed. */
  public static KeptState in(Path folder) {
    return new KeptState(Optional.of(folder));
  }

  /** Where the inverses of the key memory are, if anything is kept. */
  public Optional<Path> memory() {
    return folder.map(path -> path.resolve("key-memory.bin"));
  }

  /** The ledger of a version, if that is the one that was kept. */
  Optional<FactLedger> ledger(ModelVersion version) {
    return folder.flatMap(path -> LedgerFile.read(file(path), version.chainHash()));
  }

  /** Keeps the ledger of what stands; a failure is told and costs no more than time. */
  void keep(Standing standing) {
    folder.ifPresent(
        path -> {
          try {
            LedgerFile.write(
                file(path),
                standing.state().model(),
                standing.state().version().chainHash(),
                standing.ledger());
          } catch (Fault e) {
            log.warn("the next start reads the ledger from its topic: {}", e.getMessage());
          }
        });
  }

  private static Path file(Path path) {
    return path.resolve("ledger.bin");
  }
}
