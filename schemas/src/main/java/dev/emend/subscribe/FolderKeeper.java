package dev.emend.subscribe;

import dev.emend.delta.ModelState;

/** Writes what is served, with its place in the log, whenever that is newer than the folder. */
final class FolderKeeper implements VersionListener {
  private final KeptFolder folder;
  private final Serving serving;
  private long written;

  FolderKeeper(KeptFolder folder, Serving serving) {
    this.folder = folder;
    this.serving = serving;
    this.written = serving.current().version();
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    Served served = serving.current();
    if (served.version() != written) {
      folder.write(served);
      written = served.version();
    }
  }
}
