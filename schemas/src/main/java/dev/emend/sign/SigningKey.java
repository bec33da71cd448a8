package dev.emend.sign;

import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.RecordSignature;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;

/**
 * A private key that signs versions and positions. Immutable and thread-safe; its text form is the
 * id of the key, and no message holds more of it.
 */
public final class SigningKey {
  private final KeyPair pair;
  private final String id;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
    this.id = Ed25519.id(pair.getPublic());
  }

  /** A new key from the platform's random numbers. */
  public static SigningKey generate() {
    return new SigningKey(Ed25519.generate());
  }

  /**
   * Reads a PKCS#8 PEM file, as {@link #write} or {@code openssl genpkey -algorithm ed25519} makes
   * them.
   *
   * @throws Fault FILE_NOT_FOUND, or USAGE if it holds no such key
   */
  public static SigningKey read(Path file) {
    try {
      return new SigningKey(Ed25519.keyPair(PrivateKeyFile.read(file)));
    } catch (IllegalArgumentException e) {
      // Without the cause, which may quote what the file holds.
      throw new Fault(
          FaultCode.USAGE,
          file
              + " holds no Ed25519 private key (PKCS#8, PEM, not encrypted); make one with 'emend"
              + " keys new' or 'openssl genpkey -algorithm ed25519'");
    }
  }

  /**
   * Writes the key into a new file that only its owner may read.
   *
   * @throws Fault FILE_NOT_WRITABLE, also if the file exists
   */
  public void write(Path file) {
    PrivateKeyFile.write(file, pair.getPrivate().getEncoded());
  }

  /** By what a reader finds the public key: 16 hexadecimal digits. */
  public String id() {
    return id;
  }

  /** The public key in X.509 form, base64: what a trust file holds. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** The delta, signed; an earlier signature is replaced. */
  public ModelDelta sign(ModelDelta delta) {
    RecordSignature signature = sign(SignedStep.of(delta).statement());
    return ModelDelta.newBuilder(delta).setSignature(signature).build();
  }

  /** The position, signed; an earlier signature is replaced. */
  public ModelHead sign(ModelHead head) {
    RecordSignature signature = sign(HeadStatement.of(head));
    return ModelHead.newBuilder(head).setSignature(signature).build();
  }

  private RecordSignature sign(Statement statement) {
    byte[] signed = Ed25519.sign(pair.getPrivate(), statement.bytes());
    return RecordSignature.newBuilder().setKeyId(id).setValue(ByteBuffer.wrap(signed)).build();
  }

  @Override
  public String toString() {
    return "SigningKey " + id;
  }
}
