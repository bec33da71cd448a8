package dev.emend.local;

import dev.emend.topic.AccessRole;
import dev.emend.topic.Connection;
import dev.emend.topic.TopicCreator;
import dev.emend.topic.Topics;
import dev.emend.wire.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A broker with TLS, SCRAM, bearer tokens and the standard authorizer, the topics, and a principal
 * for each role with what {@code emend acl} gives it, and not more.
 */
public final class SecuredBroker implements AutoCloseable {
  /** Part of every secret here. */
  public static final String PASSWORD = "not-for-the-log";

  static final Topics TOPICS = Topics.standard();
  private static final String BEARER =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
          + " unsecuredLoginStringClaim_sub=\"%s\";";
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";

  private final Path keys;
  private final int port;
  private final Broker broker;

  private SecuredBroker(Path keys, int port, Broker broker) {
    this.keys = keys;
    this.port = port;
    this.broker = broker;
  }

  /** Starts it; further users are known and may do nothing. */
  public static SecuredBroker start(Path folder, String... more) throws IOException {
    Path keys = folder.resolve("keys.p12");
    TestKeys.make(keys, PASSWORD);
    int port = FreePorts.otherThan(0);
    Broker broker =
        Broker.start(folder.resolve("broker"), 0, settings(keys, port), credentials(more));
    SecuredBroker secured = new SecuredBroker(keys, port, broker);
    try (Admin admin = secured.admin()) {
      new TopicCreator(admin, Duration.ofSeconds(60)).ensure(TOPICS);
      List<AclBinding> entries = new ArrayList<>();
      for (AccessRole role : AccessRole.values()) {
        entries.addAll(role.entries(TOPICS, "User:" + name(role)));
      }
      admin.createAcls(entries).all().get(60, TimeUnit.SECONDS);
      return secured;
    } catch (Exception e) {
      broker.close();
      throw new IllegalStateException("the broker could not be prepared", e);
    }
  }

  private static String name(AccessRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> settings(Path keys, int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("secured.port", Integer.toString(port));
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
    settings.put("listener.name.secured.scram-sha-512.sasl.jaas.config", SCRAM + ";");
    settings.put(
        "listener.name.secured.oauthbearer.sasl.jaas.config", BEARER.formatted("the broker"));
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

  private static List<String> credentials(String... more) {
    List<String> users = new ArrayList<>(List.of(more));
    users.add("admin");
    for (AccessRole role : AccessRole.values()) {
      users.add(name(role));
    }
    return users.stream()
        .map(user -> "SCRAM-SHA-512=[name=%s,password=%s-%s]".formatted(user, user, PASSWORD))
        .toList();
  }

  /** Certificate and key of the broker, for whoever wants to serve with them too. */
  public Path keys() {
    return keys;
  }

  /** As a client properties file says it, which is written. */
  public Connection as(String user) {
    return Connection.read(file(user));
  }

  /** The client properties file of a user. */
  public Path file(String user) {
    return file(user, user + "-" + PASSWORD);
  }

  Path file(String user, String password) {
    Path secret = write("secret-" + user, password);
    String jaas =
        SCRAM
            + " username=\"%s\" password=\"${directory:%s:%s}\";"
                .formatted(user, keys.getParent(), secret.getFileName());
    return clientFile(user, "SCRAM-SHA-512", jaas);
  }

  /** Somebody who comes with a token instead of a password; this broker believes any. */
  Connection withToken(String user) {
    return Connection.read(clientFile(user, "OAUTHBEARER", BEARER.formatted(user)));
  }

  private Path clientFile(String user, String mechanism, String jaas) {
    String text =
        """
        bootstrap.servers=127.0.0.1:%d
        security.protocol=SASL_SSL
        sasl.mechanism=%s
        sasl.jaas.config=%s
        ssl.truststore.location=%s
        ssl.truststore.type=PKCS12
        ssl.truststore.password=%s
        """
            .formatted(port, mechanism, jaas, keys, PASSWORD);
    return write(user + "-" + mechanism + ".properties", text);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(keys.resolveSibling(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** May do everything. */
  Admin admin() {
    return Admin.create(as("admin").toClientConfig());
  }

  @Override
  public void close() {
    broker.close();
  }
}
