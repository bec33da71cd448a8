package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a worker makes sure that others know its versions for its own, and it theirs.
 *
 * @param signingKey file of the private key that signs versions and positions; empty for none
 * @param trust file that says whose versions the worker goes on from after a start; empty to go on
 *     from whatever the log holds
 */
public record Safeguards(Optional<Path> signingKey, Optional<Path> trust) {
  /** Nothing is signed or asked for. */
  public static final Safeguards NONE = new Safeguards(Optional.empty(), Optional.empty());

  /** Refuses null. */
  public Safeguards {
    Objects.requireNonNull(signingKey, "signingKey");
    Objects.requireNonNull(trust, "trust");
  }

  /**
   * The codec, guarded by what the files say.
   *
   * @throws Fault if a file cannot be used, or if the worker would not believe itself after a start
   */
  RecordCodec around(RecordCodec codec) {
    Optional<SigningKey> key = key();
    Optional<Trust> believed = believed();
    if (key.isPresent() && believed.isPresent() && !believed.get().knows(key.get().id())) {
      throw new Fault(
          FaultCode.USAGE,
          "the trust file %s does not have the key %s that this worker signs with: it would refuse its own versions"
              .formatted(trust.get(), key.get().id()));
    }
    return new GuardedCodec(codec, key, believed);
  }

  /** What signs; empty for nobody. */
  Optional<SigningKey> key() {
    return signingKey.map(SigningKey::read);
  }

  /** Who is believed; empty for everybody. */
  Optional<Trust> believed() {
    return trust.map(Trust::read);
  }
}
