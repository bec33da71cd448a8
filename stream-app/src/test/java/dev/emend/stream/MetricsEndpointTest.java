package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.RejectReason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsEndpointTest {
  @Test
  void shouldServeWhatWasCounted() throws IOException, InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StreamMeters meters = new StreamMeters(registry);
    meters.read();
    meters.accepted(Duration.ofMillis(-5));
    meters.buried(RejectReason.OBJECT_EMPTY);
    meters.backlog("m", 4, 1);
    meters.closed(window(), List.of(TestStream.START));
    meters.decided(rejection());
    meters.failed("REPLACE_THREAD");
    try (MetricsEndpoint endpoint = MetricsEndpoint.serve(registry, 0)) {
      assertThat(get(endpoint))
          .contains("emend_stream_read_records_total 1.0")
          .contains("emend_stream_dead_letters_records_total{reason=\"OBJECT_EMPTY\"} 1.0")
          .contains("emend_stream_backlog_facts{model=\"m\"} 4.0")
          .contains("emend_stream_outstanding_windows{model=\"m\"} 1.0")
          .contains("emend_stream_window_size_facts_sum{model=\"m\"} 1.0")
          .contains("code=\"REJECTED\",reason=\"OBJECT_EMPTY\"")
          .contains("emend_stream_latency_queue_seconds_sum 2.0")
          .contains("emend_stream_latency_accept_seconds_count 1");
      meters.forget("m");
      assertThat(get(endpoint)).doesNotContain("emend_stream_backlog_facts{");
    }
  }

  @Test
  void shouldReadTheResidentMemoryWhereTheSystemTellsIt(@TempDir Path dir) throws IOException {
    Path status = Files.writeString(dir.resolve("status"), "Name:\tx\nVmRSS:\t  1024 kB\n");
    assertThat(new ResidentMemory(status).bytes()).isEqualTo(1024.0 * 1024);
    assertThat(new ResidentMemory(dir.resolve("none")).bytes()).isNaN();
  }

  private static String get(MetricsEndpoint endpoint) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(endpoint.address()).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static FactOutcome rejection() {
    return FactOutcome.newBuilder()
        .setEventId("e")
        .setModel("m")
        .setCode(OutcomeCode.REJECTED)
        .setReason("OBJECT_EMPTY")
        .setDecidedAt(TestStream.START)
        .build();
  }

  private static EditBatch window() {
    return EditBatch.newBuilder()
        .setBatchId("b")
        .setModel("m")
        .setSequence(1)
        .setItems(List.of())
        .setReason(CloseReason.FULL)
        .setClosedAt(TestStream.START.plusSeconds(2))
        .build();
  }
}
