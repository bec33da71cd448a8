package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.itests.stack.Servers;
import dev.emend.itests.stack.SharedServers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class ProviderIT {
  private final Servers servers = SharedServers.get();

  @Test
  void shouldHaveOneBrokerThatAnswers() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) servers.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void shouldHaveARegistryThatSpeaksConfluentsApi() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        java.net.URI.create(servers.registryUrl() + "/schemas/types"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("AVRO");
  }
}
