package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** Gives a code to failures that come from libraries. */
final class FailureNames {
  private FailureNames() {}

  /** The fault itself, the fault inside, or one that names the failure. */
  static Fault faultOf(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof Fault fault) {
        return fault;
      }
    }
    if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return ofIo(unchecked.getCause());
    }
    if (failure instanceof IOException io) {
      return ofIo(io);
    }
    if (failure instanceof KafkaException kafka) {
      return ofKafka(kafka);
    }
    if (failure instanceof OutOfMemoryError) {
      return new Fault(
          FaultCode.INTERNAL,
          "out of memory; give the JVM more with EMEND_JAVA_OPTS=-Xmx4g",
          failure);
    }
    return internal(failure);
  }

  private static Fault ofIo(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return new Fault(FaultCode.FILE_NOT_FOUND, missing.getFile() + " does not exist", failure);
    }
    if (failure instanceof AccessDeniedException denied) {
      return new Fault(FaultCode.FILE_NOT_FOUND, "no access to " + denied.getFile(), failure);
    }
    if (failure instanceof FileSystemException trouble) {
      return new Fault(FaultCode.FILE_NOT_WRITABLE, "" + trouble.getMessage(), failure);
    }
    return internal(failure);
  }

  private static Fault ofKafka(KafkaException failure) {
    FaultCode code =
        failure instanceof RetriableException ? FaultCode.BROKER_UNAVAILABLE : FaultCode.INTERNAL;
    return new Fault(code, "Kafka: " + failure.getMessage(), failure);
  }

  private static Fault internal(Throwable failure) {
    String message = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return new Fault(FaultCode.INTERNAL, message + " (run with --verbose for the trace)", failure);
  }
}
