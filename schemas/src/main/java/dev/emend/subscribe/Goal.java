package dev.emend.subscribe;

import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Digest32;
import java.util.Optional;

/** Which versions are to be served: every one, or those that an alias points to. */
final class Goal {
  private final Optional<String> alias;
  private final SignatureCheck signatures;

  /**
   * A goal.
   *
   * @param alias empty for every version
   * @param signatures what a position must pass
   */
  Goal(Optional<String> alias, SignatureCheck signatures) {
    this.alias = alias;
    this.signatures = signatures;
  }

  /** The last version to read now: of an alias that points nowhere yet, the one at hand. */
  long limit(DeltaLog log, Served atHand) {
    return alias.isEmpty()
        ? Long.MAX_VALUE
        : head(log).map(ModelHead::getVersion).orElse(atHand.version());
  }

  /**
   * Whether the version at hand is one to serve.
   *
   * @throws Fault VERSION_CHAIN if the alias names another version of that number, or what is wrong
   *     with a signature
   */
  boolean isReached(DeltaLog log, Served atHand) {
    if (alias.isEmpty()) {
      return true;
    }
    Optional<ModelHead> head =
        head(log).filter(h -> h.getVersion() == atHand.version()).filter(h -> isSame(h, atHand));
    return head.isPresent();
  }

  private Optional<ModelHead> head(DeltaLog log) {
    return log.head().map(signatures::require);
  }

  private boolean isSame(ModelHead head, Served atHand) {
    if (!Digest32.of(head.getChainHash()).equals(atHand.state().version().chainHash())) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the alias %s points to version %d of another chain than the one at hand; %s"
              .formatted(alias.orElse(""), head.getVersion(), SubscriberAdvice.FORK));
    }
    return true;
  }
}
