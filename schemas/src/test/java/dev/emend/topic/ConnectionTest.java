package dev.emend.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  @TempDir Path folder;

  @Test
  void shouldReadAPropertiesFileWhoseSettingsCanBeReplaced() throws IOException {
    Path file = folder.resolve("client.properties");
    Files.writeString(file, "bootstrap.servers=a:1\nsasl.jaas.config=secret word\n");

    Connection connection = Connection.read(file, Map.of("bootstrap.servers", "b:2"));

    assertThat(connection.settings())
        .isEqualTo(Map.of("bootstrap.servers", "b:2", "sasl.jaas.config", "secret word"));
    assertThat(connection.with("x", "y").toClientConfig()).containsEntry("x", "y");
    assertThat(connection.toString()).contains("sasl.jaas.config").doesNotContain("secret");
  }

  @Test
  void shouldPutInSecretsFromFilesAndTheEnvironment() throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets.properties"), "password=s3cret\n");
    Files.writeString(folder.resolve("token"), "t0ken");
    String variable = System.getenv().keySet().iterator().next();
    Path file =
        Files.writeString(
            folder.resolve("client.properties"),
            """
            bootstrap.servers=a:1
            sasl.jaas.config=x password="${file:%s:password}";
            bearer.auth.token=${directory:%s:token}
            client.id=${env:%s}
            other=${vault:a:b}
            """
                .formatted(secrets, folder, variable));

    Connection connection = Connection.read(file);

    assertThat(connection.settings())
        .containsEntry("sasl.jaas.config", "x password=\"s3cret\";")
        .containsEntry("bearer.auth.token", "t0ken")
        .containsEntry("client.id", System.getenv(variable))
        .containsEntry("other", "${vault:a:b}");
    assertThat(connection.toString()).doesNotContain("s3cret", "t0ken");
  }

  @Test
  void shouldNameAReferenceThatLeadsNowhereAndNoSecret() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("client.properties"),
            "bootstrap.servers=a:1\nsasl.jaas.config=hunter2 ${env:NO_SUCH_VARIABLE_HERE}\n");
    Fault fault = catchThrowableOfType(Fault.class, () -> Connection.read(file));
    assertThat(fault.code()).isEqualTo(FaultCode.USAGE);
    assertThat(fault)
        .hasMessageContaining("sasl.jaas.config refers to ${env:NO_SUCH_VARIABLE_HERE}")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void shouldSayWhatIsMissing() {
    Fault noBroker = catchThrowableOfType(Fault.class, () -> new Connection(Map.of()));
    Fault noFile = catchThrowableOfType(Fault.class, () -> Connection.read(folder.resolve("none")));

    assertThat(noBroker.code()).isEqualTo(FaultCode.USAGE);
    assertThat(noFile.code()).isEqualTo(FaultCode.FILE_NOT_FOUND);
    assertThat(noFile).hasMessageContaining("none");
  }
}
