package dev.emend.delta;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import dev.emend.weights.ModelFolder;
import java.util.Map;

/**
 * What a snapshot says of itself in the header of its weights.
 *
 * @param base digest of version 0
 * @param version identity of the version that the folder holds
 */
record SnapshotNote(Digest32 base, ModelVersion version) {
  private static final String MODEL = "emend.model";
  private static final String VERSION = "emend.version";
  private static final String BASE = "emend.base_digest";
  private static final String DIGEST = "emend.digest";
  private static final String CHAIN = "emend.chain_hash";

  /** The note as pairs for the header. */
  static Map<String, String> of(ModelState state) {
    ModelVersion version = state.version();
    return Map.of(
        MODEL, state.model(),
        VERSION, Long.toString(version.version()),
        BASE, state.base().hex(),
        DIGEST, version.digest().hex(),
        CHAIN, version.chainHash().hex());
  }

  /**
   * Reads and checks the note of a folder whose weights have the digest {@code actual}; a folder
   * without a note holds version 0.
   */
  static SnapshotNote read(String model, ModelFolder folder, Digest32 actual) {
    Map<String, String> pairs = folder.metadata();
    if (!pairs.containsKey(VERSION)) {
      return new SnapshotNote(actual, ModelVersion.ofBase(actual));
    }
    if (!model.equals(pairs.get(MODEL))) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          folder + " holds a version of " + pairs.get(MODEL) + ", not of " + model);
    }
    SnapshotNote note = parse(folder, pairs);
    if (!note.version().digest().equals(actual)) {
      throw new Fault(
          FaultCode.DIGEST_MISMATCH,
          folder + " does not hold the weights of version " + note.version().version());
    }
    return note;
  }

  /** The version of a folder, unchecked. */
  static long versionIn(ModelFolder folder) {
    Map<String, String> pairs = folder.metadata();
    return pairs.containsKey(VERSION) ? parse(folder, pairs).version().version() : 0;
  }

  private static SnapshotNote parse(ModelFolder folder, Map<String, String> pairs) {
    try {
      return new SnapshotNote(
          Digest32.parse(pairs.getOrDefault(BASE, "")),
          new ModelVersion(
              Long.parseLong(pairs.getOrDefault(VERSION, "")),
              Digest32.parse(pairs.getOrDefault(DIGEST, "")),
              Digest32.parse(pairs.getOrDefault(CHAIN, ""))));
    } catch (IllegalArgumentException e) {
      throw new Fault(
          FaultCode.VERSION_CHAIN, folder + " holds an unreadable version note: " + e.getMessage());
    }
  }
}
