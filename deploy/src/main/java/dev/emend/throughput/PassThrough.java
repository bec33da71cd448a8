package dev.emend.throughput;

import dev.emend.event.FactChange;
import dev.emend.stream.StreamAppConfig;
import dev.emend.topic.Connection;
import dev.emend.wire.AvroSerde;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What the stream app is measured against: reads each change and writes it again, with the same
 * settings of Streams, the same serdes and the same partitions. Thread-safe.
 */
final class PassThrough implements AutoCloseable {
  private final KafkaStreams streams;
  private final CountDownLatch running = new CountDownLatch(1);

  private PassThrough(Connection connection, StreamAppConfig config, String target) {
    StreamsBuilder builder = new StreamsBuilder();
    AvroSerde<FactChange> values = AvroSerde.of(FactChange.class, connection.registry());
    builder.stream(
            config.topics().facts(), Consumed.with(Serdes.String(), values).withName("facts"))
        .to(target, Produced.with(Serdes.String(), values).withName("written-again"));
    Properties properties = config.streamsProperties();
    streams = new KafkaStreams(builder.build(), properties);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            running.countDown();
          }
        });
  }

  static PassThrough start(Connection connection, StreamAppConfig config, String target) {
    PassThrough passThrough = new PassThrough(connection, config, target);
    passThrough.streams.start();
    return passThrough;
  }

  boolean awaitRunning(Duration patience) throws InterruptedException {
    return running.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    streams.close(Duration.ofSeconds(20));
  }
}
