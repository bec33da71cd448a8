package dev.emend.subscribe;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.PayloadSource;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a state forward by what was read, verified. */
final class Advance {
  private static final Logger LOG = LoggerFactory.getLogger(Advance.class);

  private final ExactUpdate update;
  private final UnaryOperator<PayloadSource> elsewhere;
  private final SignatureCheck signatures;

  /** Asks for no signatures. */
  Advance(ExactUpdate update, UnaryOperator<PayloadSource> elsewhere) {
    this(update, elsewhere, SignatureCheck.none());
  }

  /**
   * Computes with {@code update}.
   *
   * @param elsewhere adds to the payloads of the log those that lie in other places
   * @param signatures what every delta must pass
   */
  Advance(ExactUpdate update, UnaryOperator<PayloadSource> elsewhere, SignatureCheck signatures) {
    this.signatures = signatures;
    this.update = update;
    this.elsewhere = elsewhere;
  }

  /**
   * The state after all of them, computed as one step; empty if that says nothing about what is
   * wrong, so that {@link #one} must.
   */
  Optional<ModelState> merged(List<LoggedDelta> run, ModelState state) {
    if (run.size() < 2) {
      return Optional.empty();
    }
    try {
      run.forEach(found -> signatures.require(found.delta()));
      return Optional.of(
          state.follow(run.stream().map(found -> found.step(elsewhere)).toList(), update));
    } catch (Fault e) {
      LOG.debug("one of {} versions is refused, each is tried alone: {}", run.size(), e.toString());
      return Optional.empty();
    }
  }

  /**
   * The state after one.
   *
   * @throws Fault that names the version, its place, and what to do
   */
  ModelState one(LoggedDelta found, ModelState state) {
    try {
      signatures.require(found.delta());
      return state.follow(found.delta(), elsewhere.apply(found.payloads()), update).result();
    } catch (Fault e) {
      throw new Fault(
          e.code(),
          "version %d at %s was refused: %s; %s"
              .formatted(
                  found.version(), found.place(), e.getMessage(), SubscriberAdvice.of(e.code())),
          e);
    }
  }

  /** A version that the state already holds: if it is the very one, the chain must agree. */
  void requireHeld(LoggedDelta found, ModelState state) {
    ServedVersion version = ServedVersion.of(found.delta());
    if (version.number() == state.version().version()
        && !version.version().equals(state.version())) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "version %d at %s is a fork: the weights at hand have digest %s, not %s; %s"
              .formatted(
                  version.number(),
                  found.place(),
                  state.version().digest().shortHex(),
                  version.version().digest().shortHex(),
                  SubscriberAdvice.FORK));
    }
  }
}
