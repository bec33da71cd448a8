package dev.emend.delta;

import dev.emend.event.DeltaKind;
import dev.emend.event.ModelDelta;
import dev.emend.fault.Fault;
import dev.emend.weights.Digest32;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.TensorInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One version of a model's weights: a folder plus the tensors that were changed since, in memory as
 * 32-bit floats. Tensors that no step has touched stay on disk, mapped.
 *
 * <p>Immutable and thread-safe: {@link #stage} and {@link #follow} leave this state as it is and
 * return the next one, which shares every unchanged tensor. Whoever serves a model holds the
 * current state in one volatile or atomic reference and swaps it after the commit.
 *
 * <p>{@link #stage} is what a worker calls on its own edits, {@link #follow} what a subscriber and
 * a restarted worker call on a delta; both go through the same arithmetic (see {@link
 * ExactUpdate}), so their bits agree.
 */
public final class ModelState {
  private final String model;
  private final ModelFolder folder;
  private final Digest32 base;
  private final ModelVersion version;
  private final ModelDigest digest;
  private final SortedMap<String, float[]> edited;

  private ModelState(
      String model,
      ModelFolder folder,
      Digest32 base,
      ModelVersion version,
      ModelDigest digest,
      SortedMap<String, float[]> edited) {
    this.model = model;
    this.folder = folder;
    this.base = base;
    this.version = version;
    this.digest = digest;
    this.edited = Collections.unmodifiableSortedMap(edited);
  }

  /**
   * The state that a folder holds: the version that {@link ModelSnapshot} noted in it, else version
   * 0. Reads and hashes all weights.
   *
   * @throws Fault DIGEST_MISMATCH if a snapshot's weights are not those that it states,
   *     VERSION_CHAIN if it is one of another model
   */
  public static ModelState open(String model, ModelFolder folder) {
    ModelDigest digest = ModelDigest.of(folder);
    SnapshotNote note = SnapshotNote.read(model, folder, digest.value());
    return new ModelState(model, folder, note.base(), note.version(), digest, new TreeMap<>());
  }

  /**
   * Computes the next version from edits of our own. An update whose factors take more bytes than
   * the tensor is replaced by the tensor's new values.
   *
   * @param edits at most one for a tensor, in any order
   * @throws IllegalArgumentException if an edit does not fit the model
   * @throws Fault NUMERICS if a resulting value is not finite
   */
  public StagedVersion stage(DeltaKind kind, List<TensorEdit> edits, ExactUpdate update) {
    return new VersionStager(this, kind, update).stage(edits, true);
  }

  /**
   * Computes and verifies the next version from a delta.
   *
   * @throws Fault VERSION_CHAIN on a gap, a fork or another model; DIGEST_MISMATCH if bytes or
   *     weights differ from what the record states; DELTA_CORRUPT if the record is malformed
   */
  public StagedVersion follow(ModelDelta delta, PayloadSource payloads, ExactUpdate update) {
    DeltaVerifier verifier = new DeltaVerifier(this, delta);
    verifier.requireFollows();
    List<TensorEdit> edits = verifier.readEdits(payloads);
    StagedVersion staged = verifier.staged(new VersionStager(this, delta.getKind(), update), edits);
    verifier.requireResult(staged);
    return staged;
  }

  /**
   * Computes and verifies the version after several deltas in a row, with the weights of none in
   * between: the same bits as {@link #follow(ModelDelta, PayloadSource, ExactUpdate)} one by one,
   * for one pass over each weight and one digest of it.
   *
   * @param steps at least one
   * @throws Fault as there; a DIGEST_MISMATCH of a tensor does not say which step is to blame,
   *     which following one by one does
   */
  public ModelState follow(List<DeltaStep> steps, ExactUpdate update) {
    MergedRun run = new MergedRun(this);
    steps.forEach(run::add);
    return run.finish(update);
  }

  /** The state after a step; {@code changed} is taken over, not copied. */
  ModelState next(ModelVersion nextVersion, ModelDigest nextDigest, Map<String, float[]> changed) {
    SortedMap<String, float[]> values = new TreeMap<>(edited);
    values.putAll(changed);
    return new ModelState(model, folder, base, nextVersion, nextDigest, values);
  }

  /** Name of the model. */
  public String model() {
    return model;
  }

  /** Digest of version 0. */
  public Digest32 base() {
    return base;
  }

  /** Identity of this version. */
  public ModelVersion version() {
    return version;
  }

  /** Digests of all tensors. */
  public ModelDigest digest() {
    return digest;
  }

  /** The folder that holds the tensors that were not changed since. */
  public ModelFolder folder() {
    return folder;
  }

  /** Names of the tensors whose values differ from the folder's, sorted. */
  public SortedSet<String> edited() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(edited.keySet()));
  }

  /** Type and shape of a tensor as stored in the folder. */
  public TensorInfo info(String name) {
    return folder.info(name);
  }

  /** The values of a float tensor at this version. */
  public FloatBlocks blocks(String name) {
    float[] values = edited.get(name);
    return values == null ? folder.blocks(name) : FloatBlocks.of(values);
  }

  /** A copy of the values of a float tensor at this version. */
  public float[] floats(String name) {
    float[] values = edited.get(name);
    return values == null ? folder.floats(name) : values.clone();
  }

  @Override
  public String toString() {
    return model + " version " + version.version();
  }
}
