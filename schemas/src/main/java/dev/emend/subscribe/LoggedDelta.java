package dev.emend.subscribe;

import dev.emend.delta.DeltaStep;
import dev.emend.delta.PayloadSource;
import dev.emend.event.ModelDelta;
import dev.emend.event.TensorDelta;
import java.util.function.UnaryOperator;

/**
 * A delta as found in the log, with everything that is needed to apply it.
 *
 * @param delta the record
 * @param place topic, partition and offset, for messages
 * @param payloads its payloads
 * @param after where reading goes on
 */
record LoggedDelta(ModelDelta delta, String place, PayloadSource payloads, LogPosition after) {
  static long payloadBytes(ModelDelta delta) {
    return delta.getTensors().stream().mapToLong(TensorDelta::getLength).sum();
  }

  long payloadBytes() {
    return payloadBytes(delta);
  }

  long version() {
    return delta.getVersion();
  }

  /** The step, with a way to payloads that are not in the log. */
  DeltaStep step(UnaryOperator<PayloadSource> elsewhere) {
    return new DeltaStep(delta, elsewhere.apply(payloads));
  }
}
