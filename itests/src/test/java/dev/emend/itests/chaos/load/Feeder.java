package dev.emend.itests.chaos.load;

import dev.emend.event.FactChange;
import dev.emend.publish.FactPublisher;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes a script at a pace, and again what was not acknowledged, until all of it is. One
 * thread.
 */
public final class Feeder implements AutoCloseable {
  private static final int IN_FLIGHT = 2_000;
  private static final byte[] POISON = "this is no record".getBytes(StandardCharsets.UTF_8);

  private final FactPublisher publisher;
  private final KafkaProducer<String, byte[]> raw;
  private final AvroSerializer<FactChange> codec;
  private final String topic = Topics.standard().facts();
  private final Semaphore flying = new Semaphore(IN_FLIGHT);
  private final AtomicInteger repeats = new AtomicInteger();

  /** Opens the clients. */
  public Feeder(Connection connection) {
    Connection patient =
        connection.with("max.block.ms", "120000").with("delivery.timeout.ms", "150000");
    this.publisher = FactPublisher.to(patient).open();
    this.raw =
        new KafkaProducer<>(
            patient.toClientConfig(), new StringSerializer(), new ByteArraySerializer());
    this.codec = new AvroSerializer<>(connection.registry());
  }

  /**
   * Publishes everything.
   *
   * @param waitBefore is told the index of the next record and returns how many milliseconds it is
   *     to wait; may block
   */
  public void feed(List<Message> script, IntUnaryOperator waitBefore) throws InterruptedException {
    for (int i = 0; i < script.size(); i++) {
      int wait = waitBefore.applyAsInt(i);
      if (wait > 0) {
        Thread.sleep(wait);
      }
      flying.acquire();
      send(script.get(i));
    }
    flying.acquire(IN_FLIGHT);
    flying.release(IN_FLIGHT);
  }

  private void send(Message message) {
    var unused =
        attempt(message)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    flying.release();
                  } else {
                    repeats.incrementAndGet();
                    ForkJoinPool.commonPool().execute(() -> send(message));
                  }
                });
  }

  private CompletableFuture<?> attempt(Message message) {
    if (message.kind() == Message.Kind.SOUND) {
      return publisher.publish(message.change());
    }
    CompletableFuture<Object> result = new CompletableFuture<>();
    try {
      var unused =
          raw.send(
              record(message),
              (metadata, failure) -> {
                if (failure == null) {
                  result.complete(metadata);
                } else {
                  result.completeExceptionally(failure);
                }
              });
    } catch (KafkaException | dev.emend.fault.Fault e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private ProducerRecord<String, byte[]> record(Message message) {
    FactChange change = message.change();
    String key = FactKey.of(change).text();
    byte[] value = message.kind() == Message.Kind.POISON ? POISON : codec.serialize(topic, change);
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    record.headers().add("ce_id", change.getEventId().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  /** Records that were sent again because nobody acknowledged them. */
  public int repeats() {
    return repeats.get();
  }

  @Override
  public void close() {
    publisher.close();
    raw.close();
  }
}
