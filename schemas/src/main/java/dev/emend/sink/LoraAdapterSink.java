package dev.emend.sink;

import dev.emend.delta.ModelState;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.VersionListener;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes each version as a LoRA adapter on the base model, {@code v000000000012} for version 12,
 * and has it taken into use. When versions come faster than adapters can be worked out, only the
 * newest is. The newest two stay. Not thread-safe; the subscriber calls it from one thread.
 */
public final class LoraAdapterSink implements VersionListener {
  private static final int KEPT = 2;

  private final ModelFolder base;
  private final ModelDigest digest;
  private final Path folder;
  private final AdapterRank rank;
  private final AdapterUse use;
  private final Deque<Path> written = new ArrayDeque<>();
  private long current = -1;

  /**
   * Reads and hashes the base model.
   *
   * @param base the base model
   * @param folder where the adapters' folders go
   * @param use what to do with an adapter
   */
  public LoraAdapterSink(Path base, Path folder, AdapterRank rank, AdapterUse use) {
    this.base = ModelFolder.open(base);
    this.digest = ModelDigest.of(this.base);
    this.folder = folder;
    this.rank = rank;
    this.use = use;
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    if (newest.version().version() == current) {
      return;
    }
    LoraAdapter adapter = LoraAdapter.between(base, digest, newest, rank);
    current = newest.version().version();
    Path place = folder.resolve(String.format(Locale.ROOT, "v%012d", current)).toAbsolutePath();
    if (Files.isDirectory(place)) {
      LoraFolder.delete(place);
    }
    adapter.write(place, base.path().toAbsolutePath().normalize().toString());
    use.use(adapter, place);
    retire(place);
  }

  private void retire(Path place) {
    written.remove(place);
    written.add(place);
    while (written.size() > KEPT) {
      LoraFolder.delete(written.remove());
    }
  }
}
