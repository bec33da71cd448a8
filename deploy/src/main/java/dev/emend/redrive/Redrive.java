package dev.emend.redrive;

import dev.emend.progress.Progress;
import dev.emend.stream.DeadLetterHeaders;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to the facts topic, with the key, value and headers that they came with,
 * so also with their event id: the stream takes a record under the id of one that it refused, and
 * one that is still broken comes back with the count of its redrives. Thread-safe.
 */
public final class Redrive {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connection connection;
  private final Topics topics;
  private final LetterKey key;

  /**
   * Sends letters back.
   *
   * @param key which key they get
   */
  public Redrive(Connection connection, Topics topics, LetterKey key) {
    this.connection = connection;
    this.topics = topics;
    this.key = key;
  }

  /** Sends back what the filter wants, or only counts it if {@code dry}. */
  public RedriveResult run(LetterFilter filter, boolean dry, Progress progress) {
    Collection<DeadLetter> letters = new LetterBox(connection, topics.deadLetters()).letters();
    List<DeadLetter> wanted = letters.stream().filter(filter::wants).toList();
    List<DeadLetter> hopeful =
        wanted.stream().filter(letter -> !filter.isHopeless(letter)).toList();
    if (!dry && !hopeful.isEmpty()) {
      send(hopeful, progress);
    }
    Map<String, Integer> sent = new HashMap<>();
    hopeful.forEach(letter -> sent.merge(letter.reason(), 1, Integer::sum));
    return new RedriveResult(letters.size(), sent, wanted.size() - hopeful.size());
  }

  private void send(List<DeadLetter> letters, Progress progress) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = producer()) {
      letters.forEach(letter -> sent.add(producer.send(record(letter))));
      producer.flush();
      for (int i = 0; i < sent.size(); i++) {
        BrokerFaults.await("take a letter back", sent.get(i), PATIENCE);
        progress.at("letters", i + 1, sent.size());
      }
    }
  }

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    return new ProducerRecord<>(
        topics.facts(),
        null,
        null,
        key.of(letter, topics.facts()),
        letter.record().value(),
        headers(letter));
  }

  /** Those it came with, without the reasons of its burial. */
  private static Headers headers(DeadLetter letter) {
    Headers headers = new RecordHeaders(letter.record().headers().toArray());
    DeadLetterHeaders.BURIAL.forEach(headers::remove);
    put(headers, DeadLetterHeaders.ORIGIN, letter.origin());
    put(headers, DeadLetterHeaders.REDRIVES, Integer.toString(letter.redrives() + 1));
    return headers;
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "emend-redrive");
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
