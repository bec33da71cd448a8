package dev.emend.delta;

import dev.emend.event.DeltaEncoding;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.TensorDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several steps in a row as one. Each record is checked against the one before it as if it were
 * applied alone, from the digests that it states; the weights are computed once for each tensor,
 * from its last replacement on, with the factors of all later steps side by side, which gives the
 * same bits because an element's terms keep their order; and the digests at the end prove them.
 * What lies before a replacement is never read. Not thread-safe.
 */
final class MergedRun {
  private final ModelState start;
  private final SortedMap<String, List<Part>> parts = new TreeMap<>();

  /** Identity and digests after the last step; its values are those of the start. */
  private ModelState last;

  private record Part(DeltaVerifier verifier, TensorDelta tensor, PayloadSource payloads) {
    TensorUpdate read() {
      return verifier.read(tensor, payloads);
    }
  }

  MergedRun(ModelState start) {
    this.start = start;
    this.last = start;
  }

  void add(DeltaStep step) {
    ModelDelta delta = step.delta();
    DeltaVerifier verifier = new DeltaVerifier(last, delta);
    verifier.requireFollows();
    verifier.requireTensors();
    SortedMap<String, Digest32> after = new TreeMap<>();
    for (TensorDelta tensor : delta.getTensors()) {
      List<Part> list = parts.computeIfAbsent(tensor.getName(), name -> new ArrayList<>());
      if (tensor.getEncoding() == DeltaEncoding.DENSE) {
        list.clear();
      }
      list.add(new Part(verifier, tensor, step.payloads()));
      after.put(tensor.getName(), verifier.after(tensor));
    }
    ModelDigest digest = last.digest().with(after);
    Digest32 chain =
        ChainHash.of(
            last.version().chainHash(),
            delta.getVersion(),
            delta.getKind(),
            start.base(),
            digest.value(),
            after);
    ModelVersion version = new ModelVersion(delta.getVersion(), digest.value(), chain);
    verifier.requireVersion(version);
    last = last.next(version, digest, Map.of());
  }

  ModelState finish(ExactUpdate update) {
    SortedMap<String, float[]> values = new TreeMap<>();
    parts.forEach((name, list) -> values.put(name, apply(name, list, update)));
    return start.next(last.version(), last.digest(), values);
  }

  private float[] apply(String name, List<Part> list, ExactUpdate update) {
    float[] next = start.floats(name);
    try {
      for (int from = 0; from < list.size(); ) {
        from = apply(next, list, from, update);
      }
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.DELTA_CORRUPT, last + ": " + name + ": " + e.getMessage(), e);
    }
    Digest32 digest = TensorDigest.of(name, start.info(name).shape(), FloatBlocks.of(next));
    if (!digest.equals(last.digest().tensor(name))) {
      throw new Fault(
          FaultCode.DIGEST_MISMATCH,
          "versions up to %s: tensor %s does not end with the values that the records state"
              .formatted(last, name));
    }
    return next;
  }

  /** Applies a replacement, or all factors up to a change of layout; returns what is next. */
  private int apply(float[] next, List<Part> list, int from, ExactUpdate update) {
    TensorDelta first = list.get(from).tensor();
    List<LowRankFactors> factors = new ArrayList<>();
    int to = from;
    while (to < list.size() && isSameKind(first, list.get(to).tensor())) {
      TensorUpdate read = list.get(to).read();
      if (read instanceof DenseValues dense) {
        replace(next, dense);
      } else if (read instanceof LowRankFactors some) {
        factors.add(some);
      }
      to++;
    }
    if (!factors.isEmpty()) {
      MatrixShape shape = MatrixShape.of(first.getLayout(), first.getShape());
      update.apply(next, shape, LowRankFactors.joined(factors));
    }
    return to;
  }

  private static boolean isSameKind(TensorDelta a, TensorDelta b) {
    return a.getEncoding() == b.getEncoding() && a.getLayout() == b.getLayout();
  }

  private static void replace(float[] next, DenseValues dense) {
    if (dense.size() != next.length) {
      throw new IllegalArgumentException(next.length + " elements, not " + dense.size());
    }
    dense.values().get(next);
  }
}
