package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of snapshots of one model, from which a new copy starts without reading the whole log:
 * {@code v000000000120} is an ordinary Hugging Face folder with version 120. Copies may share it.
 * Each snapshot appears whole, by a rename. Thread-safe; one writer at a time.
 */
public final class SnapshotShelf {
  private static final Pattern NAME = Pattern.compile("v([0-9]{12})");

  private final Path folder;

  /** The snapshots in this folder, which is created with the first. */
  public SnapshotShelf(Path folder) {
    this.folder = folder;
  }

  /** The versions of which there are snapshots, ascending. */
  public List<Long> versions() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> Files.isRegularFile(path.resolve(ModelFolder.CONFIG)))
          .map(path -> NAME.matcher(path.getFileName().toString()))
          .filter(Matcher::matches)
          .map(found -> Long.valueOf(found.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot list the snapshots in " + folder, e);
    }
  }

  KeptFolder at(long version) {
    return new KeptFolder(folder.resolve(String.format(Locale.ROOT, "v%012d", version)));
  }

  /**
   * Opens a snapshot; all weights are read, and checked against what it states.
   *
   * @throws Fault if there is none, or it does not hold what it states
   */
  public ModelState open(String model, long version) {
    return at(version).open(model).state();
  }

  /** Deletes a snapshot, if there is one of that version. */
  public void delete(long version) {
    if (versions().contains(version)) {
      delete(at(version).path());
    }
  }

  /** Bytes of the weights of a snapshot. */
  long bytes(long version) {
    try {
      return Files.size(at(version).path().resolve(ModelFolder.WEIGHTS));
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "snapshot " + version + " in " + folder, e);
    }
  }

  /** Adds a snapshot, if there is none of that version. */
  void add(Served served) {
    KeptFolder place = at(served.version());
    if (place.isEmpty()) {
      place.write(served);
    }
  }

  /** Deletes all but the newest snapshots; versions before them are rebuilt from the base model. */
  void keepNewest(int count) {
    List<Long> versions = versions();
    versions
        .subList(0, Math.max(0, versions.size() - count))
        .forEach(version -> delete(at(version).path()));
  }

  /** The configuration goes first: without it the folder counts as no snapshot. */
  private static void delete(Path snapshot) {
    try {
      Files.deleteIfExists(snapshot.resolve(ModelFolder.CONFIG));
      try (Stream<Path> files = Files.list(snapshot)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(snapshot);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot delete the snapshot " + snapshot, e);
    }
  }
}
