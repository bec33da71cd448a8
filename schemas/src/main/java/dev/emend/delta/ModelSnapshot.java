package dev.emend.delta;

import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.ModelFolderWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a version as a Hugging Face folder that other tools load as it is. The version's identity
 * stands in the header of the weights, so {@link ModelState#open} continues from such a folder.
 */
public final class ModelSnapshot {
  private ModelSnapshot() {}

  /**
   * Writes all weights of a version, as fp32; see {@link ModelFolderWriter#write} for what the
   * target may be and how it changes.
   */
  public static void write(ModelState state, Path target) {
    write(state, target, Map.of());
  }

  /** As {@link #write(ModelState, Path)}, with more pairs for the header of the weights. */
  public static void write(ModelState state, Path target, Map<String, String> notes) {
    Map<String, String> header = new TreeMap<>(notes);
    header.putAll(SnapshotNote.of(state));
    Map<String, FloatBlocks> replaced = new TreeMap<>();
    state.edited().forEach(name -> replaced.put(name, state.blocks(name)));
    new ModelFolderWriter(state.folder()).write(target, replaced, header);
  }

  /** Opens a folder as {@link ModelState#open} does. */
  public static ModelState open(String model, Path folder) {
    return ModelState.open(model, ModelFolder.open(folder));
  }

  /**
   * The version that a folder states in the header of its weights, unchecked; 0 if it states none.
   */
  public static long versionIn(Path folder) {
    return SnapshotNote.versionIn(ModelFolder.open(folder));
  }
}
