package dev.emend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stack, started twice on the same folder. */
class LocalStackTest {
  private static final String SCHEMA =
      "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Probe\\\",\\\"fields\\\":[]}\"}";

  @Test
  void shouldKeepTopicsAndSchemaIdsOfItsFolderAndShareItWithNobody(@TempDir Path folder)
      throws Exception {
    ProcessHandle firstRegistry;
    String firstId;
    try (LocalStack stack = LocalStack.start(LocalStackOptions.keptIn(folder))) {
      firstRegistry = stack.registryProcess();
      createTopic(stack, "kept");
      firstId = register(stack);
      assertThat(get(stack, "/config")).contains("BACKWARD");
      assertThatThrownBy(() -> LocalStack.start(LocalStackOptions.keptIn(folder)))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("another stack is running");
    }
    assertThat(firstRegistry.isAlive()).isFalse();

    try (LocalStack stack = LocalStack.start(LocalStackOptions.keptIn(folder))) {
      assertThat(topics(stack)).contains("kept");
      assertThat(register(stack)).isEqualTo(firstId);
    }
    assertThat(Files.readString(folder.resolve("logs/stack.log"))).contains("Kafka Server started");
    assertThat(folder.resolve("logs/registry.log")).isNotEmptyFile();
  }

  private static void createTopic(LocalStack stack, String name) throws Exception {
    try (Admin admin = admin(stack)) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static Iterable<String> topics(LocalStack stack) throws Exception {
    try (Admin admin = admin(stack)) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin(LocalStack stack) {
    return Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
  }

  private static String register(LocalStack stack) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(stack.registryUrl() + "/subjects/probe-value/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(SCHEMA))
            .build());
  }

  private static String get(LocalStack stack, String path)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(stack.registryUrl() + path)).build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
