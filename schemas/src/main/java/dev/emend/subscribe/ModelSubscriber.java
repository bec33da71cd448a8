package dev.emend.subscribe;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A copy of a model that follows its versions. Thread-safe: {@link #current} is a volatile read and
 * never blocks.
 *
 * <pre>{@code
 * try (ModelSubscriber subscriber =
 *     ModelSubscriber.of("shipped", Path.of("deploy/model"))
 *         .keep(Path.of("served"))
 *         .start(Connection.to("localhost:9092", "http://localhost:8081"))) {
 *   subscriber.awaitFact(eventId, Duration.ofSeconds(30));
 *   ModelState state = subscriber.current();
 * }
 * }</pre>
 *
 * <p>A delta that does not follow, or whose digests are wrong, ends the subscription: the last good
 * version stays served and every wait ends with the {@link Fault}. A broker or registry that does
 * not answer only delays it.
 */
public final class ModelSubscriber implements AutoCloseable {
  private final Serving serving;
  private final Announcer announcer;
  private final Follower follower;
  private final Thread thread;
  private final Duration closeTimeout;

  ModelSubscriber(Serving serving, Announcer announcer, Follower follower, Duration closeTimeout) {
    this.serving = serving;
    this.announcer = announcer;
    this.follower = follower;
    this.closeTimeout = closeTimeout;
    this.thread = new Thread(follower, "emend-follower-" + serving.current().state().model());
    thread.setDaemon(true);
  }

  /**
   * Begins to describe a subscriber.
   *
   * @param model name of the model in the stream
   * @param base its base model, or a snapshot of one of its versions, as a Hugging Face folder
   */
  public static ModelSubscriberBuilder of(String model, Path base) {
    return new ModelSubscriberBuilder(model, base);
  }

  void start() {
    announcer.start();
    thread.start();
  }

  /** What is served now. */
  public ModelState current() {
    return serving.current().state();
  }

  /** Why the subscription ended; empty while it goes on. */
  public Optional<Fault> fault() {
    return serving.fault();
  }

  /**
   * Waits until this version or a later one is served.
   *
   * @return what is then served
   * @throws Fault with {@link FaultCode#TIMEOUT}, or why the subscription ended
   */
  public ModelVersion awaitVersion(long version, Duration timeout) throws InterruptedException {
    return serving.awaitVersion(version, timeout).state().version();
  }

  /**
   * Waits until the version in which an event took effect is served: reading one's own writes.
   * Known are the last hundred thousand events since this subscriber started; of earlier ones, and
   * of events that never take effect, the outcome tells ({@code OutcomeFeed}).
   *
   * @return number of the version
   * @throws Fault with {@link FaultCode#TIMEOUT}, or why the subscription ended
   */
  public long awaitFact(String eventId, Duration timeout) throws InterruptedException {
    return serving.awaitFact(eventId, timeout);
  }

  /** Stops reading, then lets the listeners hear what is already served. */
  @Override
  public void close() {
    follower.stop();
    try {
      thread.join(closeTimeout.toMillis());
      announcer.finish(closeTimeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
