package dev.emend.stream;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails. A registry or broker that is away is waited for as long
 * as it takes. Any other failure gets a new thread, which starts from the last commit; too many in
 * a short time stop the app, because the same record would fail for ever. Thread-safe.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
  private static final int MOST_FAILURES = 5;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final StreamMeters meters;
  private final Deque<Instant> failures = new ArrayDeque<>();
  private final AtomicReference<@Nullable Throwable> last = new AtomicReference<>();

  FailurePolicy(InstantSource clock, StreamMeters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable exception) {
    last.set(exception);
    StreamThreadExceptionResponse reaction =
        isRetriable(exception) || isRare()
            ? StreamThreadExceptionResponse.REPLACE_THREAD
            : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    LOG.error("A stream thread failed; reaction {}", reaction, exception);
    meters.failed(reaction.name());
    return reaction;
  }

  /** The last failure in a line, if any: what is behind it rather than where Streams met it. */
  Optional<String> last() {
    return Optional.ofNullable(last.get()).map(failure -> String.valueOf(behind(failure)));
  }

  private static Throwable behind(Throwable failure) {
    Throwable deepest = failure;
    while (!(deepest instanceof Fault) && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private synchronized boolean isRare() {
    Instant now = clock.instant();
    failures.addLast(now);
    failures.removeIf(earlier -> earlier.isBefore(now.minus(WITHIN)));
    return failures.size() <= MOST_FAILURES;
  }

  private static boolean isRetriable(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof Fault fault && fault.code().kind() == FaultCode.Kind.RETRIABLE) {
        return true;
      }
    }
    return false;
  }
}
