package dev.emend.subscribe;

import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a copy can start from, and which start is the cheapest. From every start the same versions
 * follow up to the newest one, so what counts is what a start costs against what it saves: the
 * weights of a snapshot that must be fetched, against the payloads and records before it that need
 * not be.
 */
final class Starts {
  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

  /** What reading and checking one more version costs besides its payload, in bytes to read. */
  private static final long VERSION_BYTES = 4096;

  private final String model;
  private final Path base;
  private final Optional<KeptFolder> kept;
  private final Optional<SnapshotShelf> shelf;
  private final SignatureCheck signatures;

  /**
   * A start.
   *
   * @param fetched bytes that must be fetched to start here
   * @param saved bytes of payloads that need not be read from here on
   */
  private record Start(KeptFolder folder, long version, long fetched, long saved) {
    long cost() {
      return fetched - saved - version * VERSION_BYTES;
    }
  }

  /**
   * What there is to start from.
   *
   * @param signatures what weights of a version must pass; what does not is passed over, except for
   *     the base
   */
  Starts(
      String model,
      Path base,
      Optional<KeptFolder> kept,
      Optional<SnapshotShelf> shelf,
      SignatureCheck signatures) {
    this.signatures = signatures;
    this.model = model;
    this.base = base;
    this.kept = kept;
    this.shelf = shelf;
  }

  /** The cheapest start. */
  Served cheapest() {
    return cheapest(Long.MAX_VALUE);
  }

  /**
   * The cheapest start for an earlier version.
   *
   * @throws Fault VERSION_CHAIN if all begin later
   */
  Served atMost(long version) {
    Served start = cheapest(version);
    if (start.version() > version) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "version %d of %s cannot be rebuilt: %s holds version %d; give the base model or an earlier snapshot"
              .formatted(version, model, base, start.version()));
    }
    return start;
  }

  /**
   * The newest snapshot from which a log that was cut can be followed; empty if there is none.
   *
   * @param first the first version that the log holds
   * @param limit the last version that is wanted
   */
  Optional<Served> reaching(long first, long limit) {
    return shelf.flatMap(
        s ->
            s.versions().stream()
                .filter(version -> version >= first - 1 && version <= limit)
                .sorted(Comparator.reverseOrder())
                .map(version -> believed(snapshot(s, version)))
                .flatMap(Optional::stream)
                .findFirst());
  }

  private Served cheapest(long limit) {
    List<Start> starts = new ArrayList<>();
    kept.filter(folder -> !folder.isEmpty()).ifPresent(folder -> starts.add(local(folder)));
    shelf.ifPresent(s -> s.versions().forEach(version -> starts.add(snapshot(s, version))));
    return starts.stream()
        .filter(start -> start.version() <= limit && start.cost() < 0)
        .sorted(Comparator.comparingLong(Start::cost))
        .map(this::believed)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(this::base);
  }

  /** Empty for a damaged folder: a copy starts from an older one instead, in the end the base. */
  private Optional<Served> believed(Start start) {
    Optional<Served> opened = opened(start);
    return opened.filter(served -> signed(start, served));
  }

  private Optional<Served> opened(Start start) {
    try {
      return Optional.of(start.folder().open(model));
    } catch (Fault e) {
      if (e.code() == FaultCode.VERSION_CHAIN) {
        throw e; // another model's: somebody named the wrong folder
      }
      LOG.warn("{} is damaged and not started from: {}", start.folder().path(), e.getMessage());
      return Optional.empty();
    }
  }

  private boolean signed(Start start, Served served) {
    try {
      signatures.require(served);
      LOG.debug("starting {} from {}", model, start);
      return true;
    } catch (Fault e) {
      LOG.warn("{} is not started from: {}", start.folder().path(), e.getMessage());
      return false;
    }
  }

  private Served base() {
    ModelState state = ModelSnapshot.open(model, base);
    Served served = new Served(state, Optional.empty(), KeptFolder.proof(state));
    signatures.require(served);
    return served;
  }

  private Start local(KeptFolder folder) {
    return new Start(
        folder, ModelSnapshot.versionIn(folder.path()), 0, Math.max(1, folder.payloadBytes()));
  }

  private static Start snapshot(SnapshotShelf shelf, long version) {
    return new Start(
        shelf.at(version), version, shelf.bytes(version), shelf.at(version).payloadBytes());
  }
}
