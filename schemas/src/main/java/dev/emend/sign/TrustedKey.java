package dev.emend.sign;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A public key and what it is believed for.
 *
 * @param key an Ed25519 key
 * @param uses what it may sign
 * @param models names of the models it may sign for; empty for all
 * @param fromVersion first version that it may sign, or that it may move an alias to
 * @param toVersion last such version
 * @param from first instant of what it signs; empty for any
 * @param until instant before which it signs; empty for any
 * @param note whose it is, for people
 */
public record TrustedKey(
    PublicKey key,
    Set<KeyUse> uses,
    Set<String> models,
    long fromVersion,
    long toVersion,
    Optional<Instant> from,
    Optional<Instant> until,
    String note) {
  /** Copies the sets; refuses a key that could never sign anything. */
  public TrustedKey {
    Objects.requireNonNull(key, "key");
    uses = Set.copyOf(uses);
    models = Set.copyOf(models);
    Objects.requireNonNull(note, "note");
    if (uses.isEmpty() || fromVersion < 0 || toVersion < fromVersion) {
      throw new IllegalArgumentException("a key is for something, from a version to a later one");
    }
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("a key's time begins before it ends");
    }
  }

  /** A key that is believed for everything. */
  static TrustedKey everywhere(String publicKey, String note) {
    return new TrustedKey(
        Ed25519.publicKey(Base64.getDecoder().decode(publicKey)),
        EnumSet.allOf(KeyUse.class),
        Set.of(),
        0,
        Long.MAX_VALUE,
        Optional.empty(),
        Optional.empty(),
        note);
  }

  /** By what a signature names it: 16 hexadecimal digits. */
  public String id() {
    return Ed25519.id(key);
  }

  /** The same, believed up to a version only. */
  TrustedKey upTo(long version) {
    return new TrustedKey(key, uses, models, fromVersion, version, from, until, note);
  }

  /** The same, believed from a version on only. */
  TrustedKey startingAt(long version) {
    return new TrustedKey(key, uses, models, version, toVersion, from, until, note);
  }

  /** Why it is not believed for this; empty if it is. */
  Optional<String> objection(KeyUse use, String model, long version, Instant at) {
    if (!uses.contains(use)) {
      return Optional.of("is not one for " + use.name().toLowerCase(Locale.ROOT));
    }
    if (!models.isEmpty() && !models.contains(model)) {
      return Optional.of("is not one for the model " + model);
    }
    if (version < fromVersion || version > toVersion) {
      return Optional.of("is believed for versions " + fromVersion + " to " + toVersion + " only");
    }
    if (from.filter(at::isBefore).isPresent()) {
      return Optional.of("is believed from " + from.get() + " on only");
    }
    if (until.filter(end -> !at.isBefore(end)).isPresent()) {
      return Optional.of("is believed before " + until.get() + " only");
    }
    return Optional.empty();
  }
}
