package dev.emend.delta;

import dev.emend.event.TensorDelta;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.ByteBuffer;

/** Where the bytes of a tensor's update come from: the record itself, or its chunks. */
@FunctionalInterface
public interface PayloadSource {
  /** Serves payloads that the record itself holds, and faults on any other. */
  PayloadSource INLINE =
      tensor -> {
        ByteBuffer inline = tensor.getInline();
        if (inline == null) {
          throw new Fault(
              FaultCode.DELTA_CORRUPT,
              tensor.getBlob() == null
                  ? "the payload of " + tensor.getName() + " is not in the record"
                  : "the payload of "
                      + tensor.getName()
                      + " is in a blob store; name the store to read it from");
        }
        return inline.duplicate();
      };

  /**
   * The payload of one tensor, not yet verified.
   *
   * @throws Fault DELTA_CORRUPT if it cannot be had
   */
  ByteBuffer payload(TensorDelta tensor);
}
