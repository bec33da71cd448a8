package dev.emend.topic;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;

/** Turns what Kafka's clients throw into faults that say whether to try again. */
public final class BrokerFaults {
  private BrokerFaults() {}

  /** A fault for a failure to do something; retriable if Kafka says so or nobody answered. */
  public static Fault of(String what, Throwable cause) {
    boolean again = cause instanceof RetriableException || cause instanceof TimeoutException;
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new Fault(
        again ? FaultCode.BROKER_UNAVAILABLE : FaultCode.BROKER_REFUSED,
        again
            ? "the broker did not answer in time to "
                + what
                + " ("
                + reason
                + "); check bootstrap.servers and try again"
            : "the broker refused to " + what + ": " + reason,
        cause);
  }

  /** The result of a request to the broker; a fault if it fails or is not there in time. */
  public static <T> T await(String what, Future<T> future, Duration timeout) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw of(what, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw of(what, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** A fault for a wait that was interrupted; the thread stays marked as interrupted. */
  public static Fault interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new Fault(
        FaultCode.BROKER_UNAVAILABLE, "interrupted while waiting for the broker", cause);
  }
}
