package dev.emend.publish;

import dev.emend.event.FactChange;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends fact changes. Thread-safe; one object serves a whole process. Acknowledged changes are on
 * all in-sync replicas and appear once, also when the client had to send them again.
 *
 * <pre>{@code
 * try (FactPublisher publisher =
 *     FactPublisher.to(Connection.to("localhost:9092", "http://localhost:8081"))
 *         .source("my-feed")
 *         .open()) {
 *   publisher.publish(change).join();
 * }
 * }</pre>
 */
public final class FactPublisher implements AutoCloseable {
  private final Producer<String, FactChange> producer;
  private final String topic;
  private final String source;
  private final FactRules rules;
  private final InstantSource clock;
  private final Supplier<TraceParent> traces;
  private final Duration closeTimeout;

  FactPublisher(FactPublisherBuilder options, Producer<String, FactChange> producer) {
    this.producer = producer;
    this.topic = options.topics().facts();
    this.source = options.source();
    this.rules = options.rules();
    this.clock = options.clock();
    this.traces = options.traces();
    this.closeTimeout = options.closeTimeout();
  }

  /** Begins to describe a publisher for a broker and registry. */
  public static FactPublisherBuilder to(Connection connection) {
    return new FactPublisherBuilder(connection);
  }

  /**
   * Sends a change that starts a trace of its own. See {@link #publish(FactChange, TraceParent)}.
   */
  public CompletableFuture<Published> publish(FactChange change) {
    return publish(change, traces.get());
  }

  /**
   * Sends a change within a trace. Blocks only while the client's buffer is full.
   *
   * @return completes when the broker has acknowledged it, or fails with a {@link Fault}: {@link
   *     FaultCode#FACT_INVALID} for a change that breaks a rule and is not sent, otherwise what
   *     registry or broker said
   */
  public CompletableFuture<Published> publish(FactChange change, TraceParent trace) {
    FactChange named = withSource(change);
    Optional<Rejection> rejection = rules.check(named, clock.instant());
    if (rejection.isPresent()) {
      return CompletableFuture.failedFuture(invalid(named, rejection.get()));
    }
    CompletableFuture<Published> result = new CompletableFuture<>();
    try {
      // The callback hears everything that this future would tell.
      var unused = producer.send(record(named, trace), answer(named, trace, result));
    } catch (Fault | KafkaException | IllegalStateException e) {
      result.completeExceptionally(fault(named, e));
    }
    return result;
  }

  /** Who may say what, and who said it, is decided by the record, for headers get lost. */
  private FactChange withSource(FactChange change) {
    return change.getSource().isEmpty()
        ? FactChange.newBuilder(change).setSource(source).build()
        : change;
  }

  /**
   * Sends many changes in the order of the collection and waits for none in between.
   *
   * @return completes, never exceptionally, when each is acknowledged or has failed
   */
  public CompletableFuture<BulkResult> publishAll(Collection<FactChange> changes) {
    List<CompletableFuture<BulkResults.One>> sent =
        changes.stream().map(change -> BulkResults.one(change, publish(change))).toList();
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
        .thenApply(ignored -> BulkResults.sum(sent));
  }

  /** Waits until everything that was sent is acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  /** Flushes within the time set by {@link FactPublisherBuilder#closeTimeout}, then lets go. */
  @Override
  public void close() {
    producer.close(closeTimeout);
  }

  private static Callback answer(
      FactChange change, TraceParent trace, CompletableFuture<Published> result) {
    return (metadata, failure) -> {
      if (failure == null) {
        result.complete(published(change, trace, metadata));
      } else {
        result.completeExceptionally(fault(change, failure));
      }
    };
  }

  private ProducerRecord<String, FactChange> record(FactChange change, TraceParent trace) {
    ProducerRecord<String, FactChange> record =
        new ProducerRecord<>(topic, FactKey.of(change).text(), change);
    FactHeaders.add(record.headers(), change, change.getSource(), trace);
    return record;
  }

  private static Published published(
      FactChange change, TraceParent trace, RecordMetadata metadata) {
    return new Published(
        change.getEventId(),
        metadata.topic(),
        metadata.partition(),
        metadata.offset(),
        Instant.ofEpochMilli(metadata.timestamp()),
        trace);
  }

  private static Fault invalid(FactChange change, Rejection rejection) {
    return new Fault(
        FaultCode.FACT_INVALID,
        "event '%s' was not sent: %s, %s"
            .formatted(change.getEventId(), rejection.reason(), rejection.detail()));
  }

  private static Fault fault(FactChange change, Exception failure) {
    return failure instanceof Fault fault
        ? fault
        : BrokerFaults.of("take event '" + change.getEventId() + "'", failure);
  }

  /** The fault behind what {@link CompletableFuture#join} throws. */
  static Fault unwrap(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Fault fault
        ? fault
        : new Fault(FaultCode.INTERNAL, "publishing failed: " + cause, cause);
  }
}
