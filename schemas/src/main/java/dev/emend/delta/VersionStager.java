package dev.emend.delta;

import dev.emend.event.DeltaKind;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.TensorDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Applies the edits of one step to copies of a state's tensors and works out the digests. */
final class VersionStager {
  private final ModelState state;
  private final DeltaKind kind;
  private final ExactUpdate update;
  private final SortedMap<String, float[]> values = new TreeMap<>();
  private final SortedMap<String, Digest32> digests = new TreeMap<>();
  private final List<StagedTensor> tensors = new ArrayList<>();

  VersionStager(ModelState state, DeltaKind kind, ExactUpdate update) {
    this.state = state;
    this.kind = kind;
    this.update = update;
  }

  StagedVersion stage(List<TensorEdit> edits, boolean shrink) {
    edits.stream()
        .sorted(Comparator.comparing(TensorEdit::name))
        .forEach(edit -> stage(edit, shrink));
    ModelDigest digest = state.digest().with(digests);
    long number = state.version().version() + 1;
    Digest32 parent = state.version().chainHash();
    Digest32 chain = ChainHash.of(parent, number, kind, state.base(), digest.value(), digests);
    ModelVersion version = new ModelVersion(number, digest.value(), chain);
    return new StagedVersion(state, state.next(version, digest, values), kind, tensors);
  }

  private void stage(TensorEdit edit, boolean shrink) {
    String name = edit.name();
    List<Long> shape = state.info(name).shape();
    float[] next = apply(edit, shape);
    if (values.put(name, next) != null) {
      throw new IllegalArgumentException("two edits of the tensor " + name);
    }
    requireFinite(name, next);
    Digest32 after = TensorDigest.of(name, shape, FloatBlocks.of(next));
    digests.put(name, after);
    TensorEdit sent = shrink ? smaller(edit, next) : edit;
    tensors.add(new StagedTensor(sent, shape, state.digest().tensor(name), after));
  }

  private float[] apply(TensorEdit edit, List<Long> shape) {
    float[] next = state.floats(edit.name());
    if (edit.update() instanceof LowRankFactors factors) {
      update.apply(next, MatrixShape.of(edit.layout(), shape), factors);
    } else if (edit.update() instanceof DenseValues dense) {
      if (dense.size() != next.length) {
        throw new IllegalArgumentException(
            edit.name() + " has " + next.length + " elements, not " + dense.size());
      }
      dense.values().get(next);
    }
    return next;
  }

  private void requireFinite(String name, float[] next) {
    OptionalInt bad = FiniteValues.firstBad(next);
    if (bad.isPresent()) {
      throw new Fault(
          FaultCode.NUMERICS,
          state + ": the step makes element " + bad.getAsInt() + " of " + name + " not finite");
    }
  }

  private static TensorEdit smaller(TensorEdit edit, float[] next) {
    return edit.update().bodyBytes() <= (long) next.length * Float.BYTES
        ? edit
        : new TensorEdit(edit.name(), edit.layout(), DenseValues.of(next));
  }
}
