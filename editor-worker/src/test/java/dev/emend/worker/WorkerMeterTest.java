package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.memory.ProcessMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkerMeterTest {

  @Test
  void shouldBeListedInTheReadmeExactly() throws IOException {
    List<String> listed =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("| `emend.worker."))
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(Arrays.stream(WorkerMeter.values()).map(this::row).toList());
  }

  private String row(WorkerMeter meter) {
    String tags =
        meter.tags().isEmpty()
            ? "-"
            : meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
    return String.format(
        "| `%s` | %s | %s | %s | %s |",
        meter.meterName(),
        meter.kind().name().toLowerCase(Locale.ROOT),
        meter.unit(),
        tags,
        meter.meaning());
  }

  @Test
  void shouldBeServedToPrometheusOnTheLoopbackInterface() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    WorkerMetrics metrics = new WorkerMetrics(registry, "tiny", new ProcessMemory());
    metrics.time(WorkerMeter.FACT_LATENCY, Duration.ofSeconds(2), "served");
    metrics.set(WorkerMeter.VERSION, 7);
    metrics.count(WorkerMeter.REJECTS, 1, "OBJECT_EMPTY");

    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, 0)) {
      URI page = URI.create("http://127.0.0.1:" + endpoint.port() + "/metrics");
      String body =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
              .body();

      assertThat(body)
          .contains("emend_worker_version{model=\"tiny\"} 7.0")
          .contains("emend_worker_memory_resident_bytes{model=\"tiny\"}")
          .contains("emend_worker_rejects_events_total{model=\"tiny\",reason=\"OBJECT_EMPTY\"} 1.0")
          .containsPattern("emend_worker_fact_latency_seconds_sum\\{.*stage=\"served\"} 2.0");
    }
  }

  @Test
  void shouldRefuseTagsThatAMeterDoesNotHave() {
    WorkerMetrics metrics =
        new WorkerMetrics(new SimpleMeterRegistry(), "tiny", new ProcessMemory());

    assertThatThrownBy(() -> metrics.set(WorkerMeter.VERSION, 1, "surplus"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldMeasureThisProcess() {
    ProcessMemory memory = new ProcessMemory();

    memory.resetPeak();

    assertThat(memory.heap()).isPositive();
    assertThat(memory.resident()).isGreaterThan(memory.heap() / 4);
    assertThat(memory.peak()).isPositive();
  }
}
