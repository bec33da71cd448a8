package dev.emend.outcome;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.progress.Progress;
import dev.emend.topic.BrokerFaults;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroDeserializer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The outcomes that are committed from a moment on. Open it before publishing, so that none is
 * missed. One thread at a time.
 */
public final class OutcomeFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<String, FactOutcome> consumer;
  private final InstantSource clock;

  private OutcomeFeed(Consumer<String, FactOutcome> consumer, InstantSource clock) {
    this.consumer = consumer;
    this.clock = clock;
  }

  /** A feed that begins at the present end of the topic. */
  public static OutcomeFeed fromNow(Connection connection, Topics topics) {
    return open(connection, topics, Consumer::seekToEnd);
  }

  /** A feed of all outcomes that the topic holds. */
  public static OutcomeFeed fromBeginning(Connection connection, Topics topics) {
    return open(connection, topics, Consumer::seekToBeginning);
  }

  private static OutcomeFeed open(
      Connection connection,
      Topics topics,
      BiConsumer<Consumer<?, ?>, Collection<TopicPartition>> seek) {
    Consumer<String, FactOutcome> consumer = consumer(connection);
    try {
      List<TopicPartition> partitions = partitions(consumer, topics.outcomes());
      consumer.assign(partitions);
      seek.accept(consumer, partitions);
      partitions.forEach(consumer::position); // decides now where that is
      return new OutcomeFeed(consumer, InstantSource.system());
    } catch (KafkaException e) {
      consumer.close();
      throw BrokerFaults.of("show the ends of " + topics.outcomes(), e);
    } catch (Fault e) {
      consumer.close();
      throw e;
    }
  }

  private static Consumer<String, FactOutcome> consumer(Connection connection) {
    Map<String, Object> config = connection.toClientConfig();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "emend-outcomes");
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    AvroDeserializer<FactOutcome> values = new AvroDeserializer<>(FactOutcome.class);
    values.configure(config, false);
    return new KafkaConsumer<>(config, new StringDeserializer(), values);
  }

  private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new Fault(
          FaultCode.BROKER_UNAVAILABLE, "the broker has no topic " + topic + "; is Emend running?");
    }
    return partitions;
  }

  /**
   * Waits until each event has as many outcomes as it was published times. SCHEDULED counts: its
   * day may be far.
   *
   * @param eventIds the events; one that was published twice stands twice
   * @param patience how long to wait at most
   * @return all outcomes of these events since the feed was opened or last asked, in order of
   *     arrival
   * @throws Fault TIMEOUT if some are missing after that time
   */
  public Outcomes await(Collection<String> eventIds, Duration patience, Progress progress) {
    OutcomeTally tally = new OutcomeTally(eventIds);
    Instant end = clock.instant().plus(patience);
    while (!tally.complete()) {
      if (clock.instant().isAfter(end)) {
        throw new Fault(FaultCode.TIMEOUT, tally.missing(patience));
      }
      for (ConsumerRecord<String, FactOutcome> record : poll()) {
        tally.add(record.value());
      }
      progress.at("outcomes", tally.settled(), eventIds.size());
    }
    return tally.outcomes();
  }

  /**
   * The last outcome of each event that is no DUPLICATE: reads up to the present end of the topic,
   * and on for events that have none by then.
   *
   * @param patience how long to wait at most; events without an outcome by then are missing
   */
  Outcomes lastWords(Collection<String> eventIds, Duration patience) {
    Set<String> wanted = Set.copyOf(eventIds);
    Map<String, FactOutcome> words = new LinkedHashMap<>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Instant end = clock.instant().plus(patience);
    while (clock.instant().isBefore(end) && !(words.size() == wanted.size() && isPast(ends))) {
      for (ConsumerRecord<String, FactOutcome> record : poll()) {
        FactOutcome outcome = record.value();
        if (outcome.getCode() != OutcomeCode.DUPLICATE && wanted.contains(outcome.getEventId())) {
          words.put(outcome.getEventId(), outcome);
        }
      }
    }
    return new Outcomes(List.copyOf(words.values()));
  }

  private boolean isPast(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private Iterable<ConsumerRecord<String, FactOutcome>> poll() {
    try {
      return consumer.poll(POLL);
    } catch (KafkaException e) {
      throw BrokerFaults.of("deliver outcomes", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
