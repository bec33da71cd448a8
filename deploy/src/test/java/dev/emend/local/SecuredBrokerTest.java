package dev.emend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.emend.size.ByteSize;
import dev.emend.topic.AccessRole;
import dev.emend.topic.Connection;
import dev.emend.topic.ProduceRate;
import dev.emend.topic.Topic;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
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
  private static final Topics TOPICS = Topics.standard();
  private static final String PASSWORD = "not-for-the-log";
  private static final List<String> USERS =
      List.of(
          "admin", "busy", "publisher", "stream", "editor", "promoter", "subscriber", "auditor");
  private static Path keys;
  private static Broker broker;
  private static int port;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    keys = folder.resolve("keys.p12");
    makeKeys();
    port = FreePorts.otherThan(0);
    broker = Broker.start(folder.resolve("broker"), 0, secured(), credentials());
    try (Admin admin = Admin.create(as("admin").toClientConfig())) {
      new TopicCreator(admin, Duration.ofSeconds(30)).ensure(TOPICS);
      List<AclBinding> entries = new ArrayList<>();
      for (AccessRole role : AccessRole.values()) {
        entries.addAll(role.entries(TOPICS, "User:" + name(role)));
      }
      admin.createAcls(entries).all().get(30, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static String name(AccessRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static void makeKeys() throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                tool.toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2")
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
  }

  private static Map<String, String> secured() {
    Map<String, String> settings = new HashMap<>();
    settings.put("secured.port", Integer.toString(port));
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.secured.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("ssl.keystore.location", keys.toString());
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.password", PASSWORD);
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The listener without TLS is the broker's own; clients of this test never use it.
    settings.put("super.users", "User:ANONYMOUS;User:admin");
    settings.put("allow.everyone.if.no.acl.found", "false");
    return settings;
  }

  private static List<String> credentials() {
    return USERS.stream()
        .map(user -> "SCRAM-SHA-512=[name=%s,password=%s-%s]".formatted(user, user, PASSWORD))
        .toList();
  }

  /** As a client properties file says it. */
  private static Connection as(String user) {
    return as(user, user + "-" + PASSWORD);
  }

  private static Connection as(String user, String password) {
    try {
      Path secret = Files.writeString(keys.resolveSibling("secret-" + user), password);
      Path file =
          Files.writeString(
              keys.resolveSibling(user + ".properties"),
              """
              bootstrap.servers=127.0.0.1:%d
              security.protocol=SASL_SSL
              sasl.mechanism=SCRAM-SHA-512
              sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="${directory:%s:%s}";
              ssl.truststore.location=%s
              ssl.truststore.type=PKCS12
              ssl.truststore.password=%s
              """
                  .formatted(port, user, keys.getParent(), secret.getFileName(), keys, PASSWORD));
      return Connection.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    try (Admin admin = Admin.create(as("admin").toClientConfig())) {
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
    Map<String, Object> config = as("intruder", "guess").toClientConfig();
    try (Admin admin = Admin.create(config)) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void shouldShowNoSecretInWhatDescribesAConnection() {
    assertThat(as("editor").toString()).contains("sasl.jaas.config").doesNotContain(PASSWORD);
  }
}
