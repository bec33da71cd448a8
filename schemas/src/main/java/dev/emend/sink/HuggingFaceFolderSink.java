package dev.emend.sink;

import dev.emend.delta.ModelSnapshot;
import dev.emend.delta.ModelState;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.VersionListener;
import java.nio.file.Path;

/**
 * Keeps a Hugging Face folder current. A new folder appears whole; afterwards the weights, one
 * file, are replaced by an atomic rename, so a reader sees one version or the next but never a
 * mixture. A reader that has mapped the old file keeps it. When versions come faster than they can
 * be written, only the newest is. Not thread-safe; the subscriber calls it from one thread.
 */
public final class HuggingFaceFolderSink implements VersionListener {
  private final Path folder;
  private long written = -1;

  /** Writes to this folder, which is created when the first version comes. */
  public HuggingFaceFolderSink(Path folder) {
    this.folder = folder;
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    if (newest.version().version() != written) {
      ModelSnapshot.write(newest, folder);
      written = newest.version().version();
    }
  }
}
