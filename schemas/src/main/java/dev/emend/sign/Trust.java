package dev.emend.sign;

import dev.emend.delta.ModelVersion;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.RecordSignature;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures are believed, and up to which version a model may do without. Immutable and
 * thread-safe.
 */
public final class Trust {
  private final List<TrustedKey> keys;
  private final Map<String, Long> unsigned;

  /**
   * Believes these keys.
   *
   * @param unsigned last version of a model that may be unsigned, by model: for streams that were
   *     there before their worker had a key
   */
  public Trust(List<TrustedKey> keys, Map<String, Long> unsigned) {
    this.keys = List.copyOf(keys);
    this.unsigned = Map.copyOf(unsigned);
    if (keys.stream().map(TrustedKey::id).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("a key is there twice");
    }
  }

  /**
   * Reads a trust file.
   *
   * @throws Fault FILE_NOT_FOUND or JSON_INVALID
   */
  public static Trust read(Path file) {
    return TrustFile.read(file);
  }

  /** Writes a trust file that {@link #read} reads, by a rename. */
  public void write(Path file) {
    TrustFile.write(this, file);
  }

  /** The keys, in the order of the file. */
  public List<TrustedKey> keys() {
    return keys;
  }

  /** Last version that may be unsigned, by model. */
  public Map<String, Long> unsigned() {
    return unsigned;
  }

  /** The same with one more key, believed for everything from a version on. */
  public Trust with(SigningKey key, long fromVersion, String note) {
    List<TrustedKey> more = new ArrayList<>(keys);
    more.add(TrustedKey.everywhere(key.publicKey(), note).startingAt(fromVersion));
    return new Trust(more, unsigned);
  }

  /**
   * The same with a key that is believed up to a version only.
   *
   * @throws Fault USAGE if the key is not there, or begins after that version
   */
  public Trust retiring(String keyId, long lastVersion) {
    TrustedKey key =
        find(keyId).orElseThrow(() -> new Fault(FaultCode.USAGE, "there is no key " + keyId));
    if (lastVersion < key.fromVersion()) {
      throw new Fault(FaultCode.USAGE, keyId + " begins with version " + key.fromVersion());
    }
    return new Trust(
        keys.stream().map(k -> k.equals(key) ? key.upTo(lastVersion) : k).toList(), unsigned);
  }

  /**
   * Refuses a delta that nobody we believe has signed for this model and version.
   *
   * @throws Fault SIGNATURE_MISSING, SIGNER_UNKNOWN, SIGNER_NOT_VALID or SIGNATURE_WRONG
   */
  public void require(ModelDelta delta) {
    require(SignedStep.of(delta), delta.getSignature());
  }

  private void require(SignedStep step, @Nullable RecordSignature signature) {
    Claim claim = new Claim(KeyUse.VERSIONS, step.model(), step.version(), step.createdAt());
    require(claim, step.statement(), signature);
  }

  /**
   * Refuses a position that nobody we believe has signed.
   *
   * @throws Fault as for a delta
   */
  public void require(ModelHead head) {
    Claim claim = new Claim(KeyUse.HEADS, head.getModel(), head.getVersion(), head.getMovedAt());
    require(claim, HeadStatement.of(head), head.getSignature());
  }

  /**
   * Refuses weights that are not proven to be a version that somebody we believe has signed. The
   * base model needs no proof: the first delta states its digest.
   *
   * @param proof what came with the weights
   * @throws Fault as for a delta
   */
  public void require(
      String model, Digest32 base, ModelVersion version, Optional<VersionProof> proof) {
    if (version.version() == 0 || (proof.isEmpty() && mayBeUnsigned(model, version.version()))) {
      return;
    }
    VersionProof given =
        proof.orElseThrow(
            () ->
                new Fault(
                    FaultCode.SIGNATURE_MISSING,
                    "the weights of version %d of %s come without a signature; start from the base model, or from a folder that a subscriber of the signed versions wrote"
                        .formatted(version.version(), model)));
    if (!given.step().endsWith(model, base, version)) {
      throw new Fault(
          FaultCode.SIGNATURE_WRONG,
          "the weights of version %d of %s come with the signature of other weights; delete that folder"
              .formatted(version.version(), model));
    }
    require(given.step(), given.signature());
  }

  private boolean mayBeUnsigned(String model, long version) {
    return version <= unsigned.getOrDefault(model, 0L);
  }

  /** What a signature is to prove. */
  private record Claim(KeyUse use, String model, long version, Instant at) {
    Fault fault(FaultCode code, String reason) {
      String what = use == KeyUse.HEADS ? "a position at version " : "version ";
      return new Fault(code, what + version + " of " + model + " " + reason);
    }
  }

  private void require(Claim claim, Statement statement, @Nullable RecordSignature signature) {
    if (signature == null) {
      if (mayBeUnsigned(claim.model(), claim.version())) {
        return;
      }
      throw claim.fault(FaultCode.SIGNATURE_MISSING, "is not signed");
    }
    TrustedKey key =
        find(signature.getKeyId())
            .orElseThrow(
                () ->
                    claim.fault(
                        FaultCode.SIGNER_UNKNOWN,
                        "is signed with the key '%s', which is not in the trust file"
                            .formatted(printable(signature.getKeyId()))));
    if (!Ed25519.verifies(key.key(), statement.bytes(), bytes(signature.getValue()))) {
      throw claim.fault(
          FaultCode.SIGNATURE_WRONG, "does not have the signature of the key " + key.id());
    }
    Optional<String> objection =
        key.objection(claim.use(), claim.model(), claim.version(), claim.at());
    if (objection.isPresent()) {
      throw claim.fault(
          FaultCode.SIGNER_NOT_VALID,
          "is signed with the key " + key.id() + ", which " + objection.get());
    }
  }

  /** Whether the key is here, whatever it is believed for. */
  public boolean knows(String keyId) {
    return find(keyId).isPresent();
  }

  private Optional<TrustedKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** What a stranger wrote goes into a message short and without control characters. */
  private static String printable(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return shown.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] copy = new byte[value.remaining()];
    value.duplicate().get(copy);
    return copy;
  }

  @Override
  public String toString() {
    return "Trust" + keys.stream().map(TrustedKey::id).toList();
  }
}
