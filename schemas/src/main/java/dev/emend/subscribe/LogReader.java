package dev.emend.subscribe;

import dev.emend.event.AuditEntry;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.HeadKey;
import dev.emend.wire.AvroDeserializer;
import dev.emend.wire.AvroSerializer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads the log as a whole, over all models, for those who look after it. Thread-safe. */
public final class LogReader {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Connection connection;
  private final Supplier<org.apache.kafka.clients.consumer.Consumer<String, byte[]>> consumers;
  private final TopicScan scan;
  private final LogRecords records;
  private final AvroDeserializer<LedgerEntry> entries;

  /** Reads what a broker and its registry hold. */
  public LogReader(Connection connection) {
    this.connection = connection;
    this.consumers = LogConsumers.of(connection);
    this.scan = new TopicScan(consumers, PATIENCE, InstantSource.system());
    this.records = new LogRecords(connection);
    this.entries = new AvroDeserializer<>(LedgerEntry.class, connection.registry());
    entries.configure(connection.settings(), false);
  }

  /** Makes consumers of committed records that belong to no group. */
  public Supplier<org.apache.kafka.clients.consumer.Consumer<String, byte[]>> consumers() {
    return consumers;
  }

  /** All deltas of all models, those of a model in their order. */
  public void deltas(String topic, Consumer<ModelDelta> sink) {
    scan.read(topic, record -> delta(record).ifPresent(sink));
  }

  /** All positions of aliases, the last of an alias at last; empty where one was taken away. */
  public void heads(String topic, BiConsumer<HeadKey, Optional<ModelHead>> sink) {
    scan.read(
        topic,
        record -> {
          if (record.key() != null) {
            sink.accept(HeadKey.parse(record.key()), records.head(record));
          }
        });
  }

  /** All records of the ledger or of its history, with their keys; empty for what is gone. */
  public void ledger(String topic, BiConsumer<FactKey, Optional<LedgerEntry>> sink) {
    scan.read(
        topic,
        record -> {
          if (record.key() != null) {
            sink.accept(FactKey.parse(record.key()), entry(record));
          }
        });
  }

  /** What happened to all models, that of a model in its order. */
  public void audit(String topic, Consumer<AuditEntry> sink) {
    AvroDeserializer<AuditEntry> reader =
        new AvroDeserializer<>(AuditEntry.class, connection.registry());
    reader.configure(connection.settings(), false);
    scan.read(
        topic,
        record -> {
          if (record.value() != null) {
            sink.accept(reader.deserialize(topic, record.headers(), record.value()));
          }
        });
  }

  /** A record of the deltas. */
  public Optional<ModelDelta> delta(ConsumerRecord<String, byte[]> record) {
    return records.delta(record);
  }

  /** A record of the ledger or of its history. */
  public Optional<LedgerEntry> entry(ConsumerRecord<String, byte[]> record) {
    return Optional.ofNullable(
        entries.deserialize(record.topic(), record.headers(), record.value()));
  }

  /** How many partitions a topic has. */
  public int partitions(String topic) {
    try (var consumer = consumers.get()) {
      int count = consumer.partitionsFor(topic).size();
      if (count == 0) {
        throw new Fault(FaultCode.BROKER_UNAVAILABLE, "the topic " + topic + " does not exist");
      }
      return count;
    }
  }

  /** Writes one record, and returns when the broker has it. */
  public void write(String topic, String key, SpecificRecord value) {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    AvroSerializer<SpecificRecord> values = new AvroSerializer<>();
    values.configure(config, false);
    try (Producer<String, SpecificRecord> producer =
        new KafkaProducer<>(config, new StringSerializer(), values)) {
      BrokerFaults.await(
          "take a record of " + topic,
          producer.send(new ProducerRecord<>(topic, key, value)),
          PATIENCE);
    }
  }
}
