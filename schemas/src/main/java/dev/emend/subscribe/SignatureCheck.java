package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.Trust;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what is not signed by somebody who is believed, if signatures are required at all. An
 * alias must not go back in time either: a signed position can be written again by anybody who may
 * write to the topic. Belongs to the reading thread.
 */
final class SignatureCheck {
  private final Optional<Trust> trust;
  private @Nullable ModelHead accepted;

  SignatureCheck(Optional<Trust> trust) {
    this.trust = trust;
  }

  /** Asks for no signatures. */
  static SignatureCheck none() {
    return new SignatureCheck(Optional.empty());
  }

  void require(ModelDelta delta) {
    trust.ifPresent(t -> t.require(delta));
  }

  /** Refuses weights of a version without a believed proof. */
  void require(Served served) {
    ModelState state = served.state();
    trust.ifPresent(t -> t.require(state.model(), state.base(), state.version(), served.proof()));
  }

  /** The position, if it is believed; looked at once. */
  ModelHead require(ModelHead head) {
    if (trust.isPresent() && !head.equals(accepted)) {
      requireNew(head, trust.get());
      accepted = head;
    }
    return head;
  }

  private void requireNew(ModelHead head, Trust believed) {
    ModelHead before = accepted;
    try {
      believed.require(head);
    } catch (Fault e) {
      throw refused(head, e.code(), e.getMessage() + "; " + SubscriberAdvice.of(e.code()));
    }
    if (before != null && head.getMovedAt().isBefore(before.getMovedAt())) {
      throw refused(
          head,
          FaultCode.SIGNATURE_WRONG,
          "it was moved at %s, before the move of %s that was followed; somebody wrote an old position again, or the clocks of those who move it differ"
              .formatted(head.getMovedAt(), before.getMovedAt()));
    }
  }

  private static Fault refused(ModelHead head, FaultCode code, String reason) {
    return new Fault(
        code, "the alias " + head.getAlias() + " of " + head.getModel() + ": " + reason);
  }
}
