package dev.emend.publish;

import dev.emend.event.FactChange;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerializer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Describes a {@link FactPublisher}. What matters first: {@link #source}, who says so. The rest has
 * defaults that rarely change. Settings of the connection win over our defaults, except for those
 * that make publishing safe ({@code acks}, {@code enable.idempotence}). Not thread-safe.
 */
public final class FactPublisherBuilder {
  private final Connection connection;
  private String source = "emend";
  private Topics topics = Topics.standard();
  private FactRules rules = FactRules.standard();
  private InstantSource clock = InstantSource.system();
  private Supplier<TraceParent> traces = TraceParent.random();
  private Duration closeTimeout = Duration.ofSeconds(30);

  FactPublisherBuilder(Connection connection) {
    this.connection = connection;
  }

  /** Who says so, for events whose own {@code source} is empty; default {@code emend}. */
  public FactPublisherBuilder source(String name) {
    this.source = name;
    return this;
  }

  /** The set of topics; default {@link Topics#standard()}. */
  public FactPublisherBuilder topics(Topics set) {
    this.topics = set;
    return this;
  }

  /** Rules checked before sending; default {@link FactRules#standard()}. */
  public FactPublisherBuilder rules(FactRules checked) {
    this.rules = checked;
    return this;
  }

  /** What time it is; default the system's clock. */
  public FactPublisherBuilder clock(InstantSource now) {
    this.clock = now;
    return this;
  }

  /** Where traces of events come from that are published without one; must be thread-safe. */
  public FactPublisherBuilder traces(Supplier<TraceParent> start) {
    this.traces = start;
    return this;
  }

  /** How long closing may wait for acknowledgements; default 30 s. */
  public FactPublisherBuilder closeTimeout(Duration timeout) {
    this.closeTimeout = timeout;
    return this;
  }

  /** Opens the publisher. The broker is first asked when something is published. */
  public FactPublisher open() {
    Map<String, Object> config = connection.toClientConfig();
    config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "emend-publisher");
    config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A person who mistyped the address should not wait the usual minute.
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    AvroSerializer<FactChange> values = new AvroSerializer<>();
    values.configure(config, false);
    return openWith(new KafkaProducer<>(config, new StringSerializer(), values));
  }

  /** For tests: publishes through this producer and closes it in the end. */
  FactPublisher openWith(Producer<String, FactChange> producer) {
    return new FactPublisher(this, producer);
  }

  String source() {
    return source;
  }

  Topics topics() {
    return topics;
  }

  FactRules rules() {
    return rules;
  }

  InstantSource clock() {
    return clock;
  }

  Supplier<TraceParent> traces() {
    return traces;
  }

  Duration closeTimeout() {
    return closeTimeout;
  }
}
