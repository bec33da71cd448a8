package dev.emend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.emend.size.ByteSize;
import dev.emend.topic.AccessRole;
import dev.emend.topic.Connection;
import dev.emend.topic.ProduceRate;
import dev.emend.topic.Topic;
import dev.emend.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker with TLS, SCRAM and the standard authorizer, and a principal for each role. */
@Timeout(180)
class SecuredBrokerTest {
  private static final Topics TOPICS = SecuredBroker.TOPICS;
  private static SecuredBroker broker;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    broker = SecuredBroker.start(folder, "busy");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Connection as(String user) {
    return broker.as(user);
  }

  private static void write(String user, Topic topic) throws Exception {
    Map<String, Object> config = as(user).toClientConfig();
    config.put("max.block.ms", 20_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(TOPICS.name(topic), 0, "m", "x"))
          .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static long read(String user, Topic topic) {
    TopicPartition partition = new TopicPartition(TOPICS.name(topic), 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            as(user).toClientConfig(), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(Duration.ofSeconds(60)) // a refusal comes as an exception, also out of here
          .until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
      return consumer.position(partition, Duration.ofSeconds(20));
    }
  }

  private static void expectForbiddenToWrite(String user, Topic... topics) {
    for (Topic topic : topics) {
      assertThatThrownBy(() -> write(user, topic))
          .as(user + " writes " + topic)
          .isInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void shouldLetAPublisherSayFactsAndNothingElse() throws Exception {
    write("publisher", Topic.FACTS);
    expectForbiddenToWrite(
        "publisher", Topic.DELTAS, Topic.DELTA_CHUNKS, Topic.HEADS, Topic.BATCHES, Topic.OUTCOMES);
    assertThatThrownBy(() -> read("publisher", Topic.FACTS))
        .isInstanceOf(AuthorizationException.class);
  }

  @Test
  void shouldLetASubscriberFollowVersionsAndWriteNothingAtAll() throws Exception {
    write("editor", Topic.DELTAS);
    assertThat(read("subscriber", Topic.DELTAS)).isPositive();
    expectForbiddenToWrite("subscriber", Topic.values());
  }

  @Test
  void shouldLetAnAuditorReadTheTrailThatOnlyTheEditorWrites() throws Exception {
    write("editor", Topic.AUDIT);
    assertThat(read("auditor", Topic.AUDIT)).isPositive();
    expectForbiddenToWrite("auditor", Topic.values());
    expectForbiddenToWrite("publisher", Topic.AUDIT);
    assertThatThrownBy(() -> read("publisher", Topic.AUDIT))
        .isInstanceOf(AuthorizationException.class);
  }

  @Test
  void shouldLetAnEditorMakeVersionsAndSayNoFacts() throws Exception {
    write("editor", Topic.DELTA_CHUNKS);
    write("editor", Topic.HEADS);
    expectForbiddenToWrite("editor", Topic.FACTS, Topic.BATCHES, Topic.ORDERS);
  }

  @Test
  void shouldLetAPromoterGiveOrdersAndMakeNeitherWindowsNorVersions() throws Exception {
    write("promoter", Topic.ORDERS);
    expectForbiddenToWrite(
        "promoter", Topic.FACTS, Topic.BATCHES, Topic.DELTAS, Topic.HEADS, Topic.AUDIT);
  }

  @Test
  void shouldLetTheStreamAppCloseWindowsAndGiveNoOrders() throws Exception {
    write("stream", Topic.BATCHES);
    write("stream", Topic.OUTCOMES);
    expectForbiddenToWrite(
        "stream", Topic.FACTS, Topic.ORDERS, Topic.DELTAS, Topic.HEADS, Topic.AUDIT);
  }

  @Test
  void shouldLetAPublisherWaitThatSendsMoreThanItMay() throws Exception {
    try (Admin admin = broker.admin()) {
      ClientQuotaAlteration limit =
          ProduceRate.of("User:busy", ByteSize.parse("10KB")).alteration();
      admin.alterClientQuotas(List.of(limit)).all().get(30, TimeUnit.SECONDS);
      admin
          .createAcls(AccessRole.PUBLISHER.entries(TOPICS, "User:busy"))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    Map<String, Object> config = as("busy").toClientConfig();
    config.put("linger.ms", 0);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      await()
          .atMost(Duration.ofSeconds(60)) // the broker hears of a new limit when it hears of it
          .until(
              () -> {
                sendMuch(producer);
                return longestWait(producer) > 0;
              });
    }
  }

  private static void sendMuch(KafkaProducer<String, String> producer) throws Exception {
    for (int i = 0; i < 3; i++) {
      producer
          .send(new ProducerRecord<>(TOPICS.facts(), 0, "m", "x".repeat(100_000)))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static double longestWait(KafkaProducer<String, String> producer) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("produce-throttle-time-max"))
        .map(metric -> metric.getValue().metricValue())
        .mapToDouble(value -> value instanceof Double wait && wait > 0 ? wait : 0)
        .sum();
  }

  @Test
  void shouldLetNobodyInWithAnotherPassword() {
    Connection guessing = Connection.read(broker.file("subscriber", "guess"));
    try (Admin admin = Admin.create(guessing.toClientConfig())) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void shouldLetInByABearerTokenWithTheSameRights() throws Exception {
    write("editor", Topic.DELTAS);
    TopicPartition partition = new TopicPartition(TOPICS.deltas(), 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            broker.withToken("subscriber").toClientConfig(),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
      assertThatThrownBy(() -> consumer.endOffsets(List.of(new TopicPartition(TOPICS.facts(), 0))))
          .isInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void shouldShowNoSecretInWhatDescribesAConnection() {
    assertThat(as("editor").toString())
        .contains("sasl.jaas.config")
        .doesNotContain(SecuredBroker.PASSWORD);
  }
}
