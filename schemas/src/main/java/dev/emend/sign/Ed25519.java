package dev.emend.sign;

import dev.emend.weights.Digest32;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** The JDK's Ed25519 (RFC 8032) without its checked exceptions. Stateless. */
final class Ed25519 {
  private static final String NAME = "Ed25519";
  private static final int ID_DIGITS = 16;

  private Ed25519() {}

  /** First half of the SHA-256 of the public key's X.509 form, 16 hexadecimal digits. */
  static String id(PublicKey key) {
    return Digest32.sha256(key.getEncoded()).hex().substring(0, ID_DIGITS);
  }

  static KeyPair generate() {
    return call(() -> KeyPairGenerator.getInstance(NAME).generateKeyPair());
  }

  static byte[] sign(PrivateKey key, byte[] message) {
    return call(
        () -> {
          Signature signature = Signature.getInstance(NAME);
          signature.initSign(key);
          signature.update(message);
          return signature.sign();
        });
  }

  /** Whether the signature is the key's over the message; malformed bytes are not. */
  static boolean verifies(PublicKey key, byte[] message, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * A public key from its X.509 form.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PublicKey publicKey(byte[] x509) {
    try {
      return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it is no Ed25519 public key in X.509 form", e);
    }
  }

  /**
   * A key pair from the private key's PKCS#8 form. That form need not hold the public key, and the
   * JDK does not derive it; but its generator takes the 32 random bytes as the private key, so the
   * same bytes give the same pair, which is checked.
   *
   * @throws IllegalArgumentException if it is none
   */
  static KeyPair keyPair(byte[] pkcs8) {
    try {
      PrivateKey key = KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(255, new KnownBytes(seed));
      PublicKey derived = generator.generateKeyPair().getPublic();
      if (!verifies(derived, pkcs8, sign(key, pkcs8))) {
        throw new IllegalStateException("this JDK derives another public key than it signs with");
      }
      return new KeyPair(derived, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it is no Ed25519 private key in PKCS#8 form");
    }
  }

  /** Gives the bytes that it was given. */
  private static final class KnownBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] known;

    KnownBytes(byte[] known) {
      this.known = known.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(known, 0, bytes, 0, bytes.length);
    }
  }

  @FunctionalInterface
  private interface Crypto<T> {
    T get() throws GeneralSecurityException;
  }

  private static <T> T call(Crypto<T> work) {
    try {
      return work.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
    }
  }
}
