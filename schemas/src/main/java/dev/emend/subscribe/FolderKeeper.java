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
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    if (version.number() > written) {
      Served served = serving.current();
      folder.write(served);
      written = served.version();
    }
  }
}
