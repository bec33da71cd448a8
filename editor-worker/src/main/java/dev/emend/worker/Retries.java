package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Which failures may go away when the session starts anew from the log. */
final class Retries {
  private Retries() {}

  /** True for failures of the broker, the registry or a fenced writer; false for ours or yours. */
  static boolean worthwhile(Throwable error) {
    if (error instanceof Fault fault) {
      return fault.code().kind() == FaultCode.Kind.RETRIABLE || fenced(error);
    }
    return error instanceof KafkaException && !hopeless(error) && !blamesRecord(error);
  }

  /** True if a record cannot be written whoever tries: it is too large or breaks its schema. */
  static boolean blamesRecord(Throwable error) {
    if (error instanceof Fault fault) {
      return fault.code() == FaultCode.WIRE_FORMAT;
    }
    return error instanceof RecordTooLargeException
        || error.getCause() instanceof RecordTooLargeException;
  }

  /** True if another writer took this one's place, or the broker gave up its transaction. */
  static boolean fenced(Throwable error) {
    return isFence(error) || isFence(error.getCause());
  }

  private static boolean isFence(@Nullable Throwable error) {
    return error instanceof ProducerFencedException
        || error instanceof InvalidProducerEpochException;
  }

  private static boolean hopeless(Throwable error) {
    return error instanceof AuthenticationException
        || error instanceof AuthorizationException
        || error instanceof FencedInstanceIdException
        || error instanceof UnsupportedVersionException;
  }
}
