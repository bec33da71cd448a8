package dev.emend.demo;

import dev.emend.event.FactChange;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerializer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A publisher that sends whatever it is given, as any Avro client may: {@code FactPublisher} would
 * refuse the events that the stream is to refuse here.
 */
final class FrankPublisher implements AutoCloseable {
  private final KafkaProducer<String, FactChange> producer;
  private final String topic;

  FrankPublisher(Connection connection, Topics topics) {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "emend-demo-publisher");
    AvroSerializer<FactChange> values = new AvroSerializer<>();
    values.configure(config, false);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), values);
    this.topic = topics.facts();
  }

  /** Sends the events and waits until the last one is acknowledged. */
  void publish(List<FactChange> events) {
    try {
      var sent =
          events.stream()
              .map(e -> producer.send(new ProducerRecord<>(topic, FactKey.of(e).text(), e)))
              .toList();
      for (var acknowledged : sent) {
        Objects.requireNonNull(acknowledged.get(), "an acknowledgement");
      }
    } catch (ExecutionException e) {
      throw BrokerFaults.of("take the events", Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      throw BrokerFaults.interrupted(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
