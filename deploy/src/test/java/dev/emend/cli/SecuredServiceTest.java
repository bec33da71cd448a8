package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.local.SecuredBroker;
import dev.emend.progress.Progress;
import dev.emend.service.ServiceOptions;
import dev.emend.service.WorkerService;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.stream.StreamSetting;
import dev.emend.topic.CompatibilitySetup;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.Authorization;
import dev.emend.wire.FakeRegistry;
import dev.emend.wire.RegistryTls;
import dev.emend.wire.WireConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * All of Emend with TLS everywhere, passwords for everybody, and no right that {@code emend acl}
 * does not give: publish, serve, go back, look back, compact. And no secret in any log.
 */
@Timeout(600)
class SecuredServiceTest {
  private static final String MODEL = "shipped";
  private static final Path BASE = Path.of("model");
  private static final String REGISTRY_USER = "emend:" + SecuredBroker.PASSWORD;
  private static final Authorization AUTHORIZATION = Authorization.basic(REGISTRY_USER);

  @TempDir Path folder;
  private LogWatch logs;
  private SecuredBroker broker;
  private FakeRegistry registry;

  @BeforeEach
  void start() throws IOException {
    logs = LogWatch.forSecrets(SecuredBroker.PASSWORD, AUTHORIZATION.headerValue());
    broker = SecuredBroker.start(folder);
    RegistryTls.Store store =
        new RegistryTls.Store(
            broker.keys(), "PKCS12", Optional.of(SecuredBroker.PASSWORD), Optional.empty());
    RegistryTls tls = new RegistryTls(Optional.of(store), Optional.of(store));
    registry = FakeRegistry.secured(tls.context().orElseThrow(), AUTHORIZATION.headerValue());
    new CompatibilitySetup(connection("admin").registry()).apply(Topics.standard());
  }

  @AfterEach
  void stop() {
    registry.close();
    broker.close();
    logs.close();
  }

  @Test
  void shouldDoEverythingWithTheRightsThatAreListedAndLogNoSecret() throws Exception {
    StreamAppConfig stream =
        StreamAppConfig.from(
            connection("stream")
                .with(StreamSetting.STATE_DIR.key(), folder.resolve("stream").toString()));
    try (StreamApp app = StreamApp.start(stream);
        WorkerService worker = WorkerService.start(editor(), Progress.NONE)) {
      assertThat(app.awaitRunning(Duration.ofMinutes(3))).isTrue();
      assertThat(worker.worker().live()).isPresent();
      assertThat(run("publisher", fact())).contains("APPLIED");
      run(
          "subscriber",
          words("subscribe --base model --until 1 --out " + folder.resolve("served")));
      assertThat(run("promoter", "rollback", "--to", "0", "--by", "ann")).contains("version 2");
      assertThat(run("auditor", "audit")).contains("e1", "rollback", "ann");
      assertThat(run("auditor", "facts", "--all")).contains("Tim Cook");
      assertThat(run("auditor", "diff", "0", "1", "--base", "model")).contains("Tim Cook");
      assertThat(run("auditor", "versions")).contains("2");
      run(
          "keeper",
          words(
              "compact --base model --keep-versions 1 --keep-for 0s --snapshots "
                  + folder.resolve("shelf")));
      assertThat(app.health().up()).isTrue();
    }
    CommandRun refused = command("subscriber", "rollback", "--to", "0");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("BROKER_REFUSED").doesNotContain(SecuredBroker.PASSWORD);
    assertNoSecretWasLogged();
  }

  private void assertNoSecretWasLogged() {
    assertThat(logs.leaks()).isEmpty();
    assertThat(logs.heard())
        .contains("org.apache.kafka.common.config.AbstractConfig")
        .anyMatch(name -> name.startsWith("dev.emend.worker"))
        .anyMatch(name -> name.startsWith("dev.emend.stream"));
    LoggerFactory.getLogger(SecuredServiceTest.class).debug("leak {}", SecuredBroker.PASSWORD);
    assertThat(logs.leaks()).as("a leak is seen").hasSize(1);
  }

  private ServiceOptions editor() {
    return new ServiceOptions(
        connection("editor"),
        Topics.standard(),
        MODEL,
        BASE,
        folder.resolve("worker"),
        0,
        0,
        Map.of(),
        Map.of());
  }

  private Connection connection(String user) {
    return Connection.read(file(user));
  }

  private Path file(String user) {
    List<String> lines =
        List.of(
            WireConfig.REGISTRY_URL + "=" + registry.url(),
            WireConfig.BASIC_AUTH_SOURCE + "=USER_INFO",
            WireConfig.BASIC_AUTH_USER_INFO + "=" + REGISTRY_USER,
            WireConfig.TRUSTSTORE_LOCATION + "=" + broker.keys(),
            WireConfig.TRUSTSTORE_PASSWORD + "=" + SecuredBroker.PASSWORD);
    try {
      Path file = folder.resolve(user + "-all.properties");
      Files.copy(broker.file(user), file, StandardCopyOption.REPLACE_EXISTING);
      return Files.write(file, lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] fact() {
    List<String> publish =
        new ArrayList<>(List.of(words("publish --relation office_holder --event-id e1 --wait")));
    publish.addAll(List.of("--subject", "CEO of Apple"));
    publish.addAll(List.of("--prompt", "The {} is", "--object", "Tim Cook"));
    return publish.toArray(String[]::new);
  }

  private static String[] words(String line) {
    return line.split(" ");
  }

  /** A command of this principal, which must succeed and show no secret. */
  private String run(String user, String... arguments) {
    CommandRun run = command(user, arguments);
    assertThat(run.exitCode()).as("%s: %s", arguments[0], run.err()).isZero();
    assertThat(run.out() + run.err()).doesNotContain(SecuredBroker.PASSWORD);
    return run.out();
  }

  private CommandRun command(String user, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", file(user).toString(), "--verbose"));
    all.addAll(List.of("--model-name", MODEL));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
