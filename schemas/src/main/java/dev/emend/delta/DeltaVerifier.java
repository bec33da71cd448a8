package dev.emend.delta;

import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import dev.emend.weights.TensorInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks one delta against the state that it is to follow, before, while and after applying it. */
final class DeltaVerifier {
  private final ModelState state;
  private final ModelDelta delta;
  private final String name;

  DeltaVerifier(ModelState state, ModelDelta delta) {
    this.state = state;
    this.delta = delta;
    this.name = "version " + delta.getVersion() + " of " + delta.getModel();
  }

  /** Refuses a delta of another model, a gap, a version already passed, and a fork. */
  void requireFollows() {
    long current = state.version().version();
    require(delta.getModel().equals(state.model()), "is not one of the model " + state.model());
    require(
        delta.getParent() == delta.getVersion() - 1,
        "states " + delta.getParent() + " as its parent");
    require(delta.getVersion() > current, "is not after version " + current + ", which is at hand");
    require(
        delta.getVersion() == current + 1,
        "cannot follow version " + current + ": versions from " + (current + 1) + " are missing");
    require(
        digest("base_digest", delta.getBaseDigest()).equals(state.base()),
        "starts from another base model than " + state.base().shortHex());
    require(
        digest("parent_digest", delta.getParentDigest()).equals(state.version().digest()),
        "is a fork: its parent is not the version " + current + " at hand");
  }

  private void require(boolean condition, String reason) {
    if (!condition) {
      throw new Fault(FaultCode.VERSION_CHAIN, name + " " + reason);
    }
  }

  /** Refuses tensors out of order, unknown to the model, or with other values than at hand. */
  void requireTensors() {
    @Nullable String before = null;
    for (TensorDelta tensor : delta.getTensors()) {
      if (before != null && before.compareTo(tensor.getName()) >= 0) {
        throw corrupt(tensor, "is out of order or there twice");
      }
      before = tensor.getName();
      requireKnown(tensor);
    }
  }

  /** Reads the payloads of all tensors, each checked against its record and the model. */
  List<TensorEdit> readEdits(PayloadSource payloads) {
    requireTensors();
    List<TensorEdit> edits = new ArrayList<>();
    for (TensorDelta tensor : delta.getTensors()) {
      edits.add(new TensorEdit(tensor.getName(), tensor.getLayout(), read(tensor, payloads)));
    }
    return edits;
  }

  private void requireKnown(TensorDelta tensor) {
    TensorInfo info =
        state
            .folder()
            .find(tensor.getName())
            .filter(found -> found.dtype().hasFloatForm())
            .orElseThrow(() -> corrupt(tensor, "is no float tensor of this model"));
    if (!info.shape().equals(tensor.getShape())) {
      throw corrupt(tensor, "has shape " + info.shape() + ", not " + tensor.getShape());
    }
    Digest32 known = state.digest().tensor(tensor.getName());
    if (!digest("before_sha256", tensor.getBeforeSha256()).equals(known)) {
      throw mismatch(tensor, "does not have the values that the step starts from");
    }
  }

  /** Reads one payload, checked against its record. */
  TensorUpdate read(TensorDelta tensor, PayloadSource payloads) {
    ByteBuffer payload = payloads.payload(tensor);
    if (payload.remaining() != tensor.getLength()) {
      throw corrupt(
          tensor, "has a payload of " + payload.remaining() + " bytes, not " + tensor.getLength());
    }
    if (!Digest32.sha256(payload).equals(digest("sha256", tensor.getSha256()))) {
      throw mismatch(tensor, "has a payload with another SHA-256 than the record states");
    }
    TensorUpdate update;
    try {
      update = DeltaCodec.decode(payload);
    } catch (IllegalArgumentException e) {
      throw corrupt(tensor, "has a payload that " + e.getMessage());
    }
    if (update.encoding() != tensor.getEncoding() || update.rank() != tensor.getRank()) {
      throw corrupt(tensor, "has a payload of another encoding or rank than the record states");
    }
    return update;
  }

  /** Applies the edits; an edit that does not fit its tensor is the delta's fault. */
  StagedVersion staged(VersionStager stager, List<TensorEdit> edits) {
    try {
      return stager.stage(edits, false);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.DELTA_CORRUPT, name + ": " + e.getMessage(), e);
    }
  }

  /** Refuses a result that is not, bit for bit, the one that the record states. */
  void requireResult(StagedVersion staged) {
    for (int i = 0; i < staged.tensors().size(); i++) {
      TensorDelta tensor = delta.getTensors().get(i);
      if (!staged.tensors().get(i).after().equals(after(tensor))) {
        throw mismatch(tensor, "does not end with the values that the record states");
      }
    }
    requireVersion(staged.result().version());
  }

  /** Refuses an identity that is not the one that the record states. */
  void requireVersion(ModelVersion result) {
    if (!result.digest().equals(digest("result_digest", delta.getResultDigest()))) {
      throw new Fault(FaultCode.DIGEST_MISMATCH, name + " has another digest than it states");
    }
    require(
        result.chainHash().equals(digest("chain_hash", delta.getChainHash())),
        "does not continue the chain at hand: its chain hash differs");
  }

  /** The digest that a tensor is to have after the step. */
  Digest32 after(TensorDelta tensor) {
    return digest("after_sha256", tensor.getAfterSha256());
  }

  private Digest32 digest(String field, ByteBuffer bytes) {
    try {
      return Digest32.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.DELTA_CORRUPT, name + ": " + field + ": " + e.getMessage(), e);
    }
  }

  private Fault corrupt(TensorDelta tensor, String reason) {
    return new Fault(FaultCode.DELTA_CORRUPT, name + ": tensor " + tensor.getName() + " " + reason);
  }

  private Fault mismatch(TensorDelta tensor, String reason) {
    return new Fault(
        FaultCode.DIGEST_MISMATCH, name + ": tensor " + tensor.getName() + " " + reason);
  }
}
