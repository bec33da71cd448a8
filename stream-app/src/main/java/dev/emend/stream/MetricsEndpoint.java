package dev.emend.stream;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

/** Serves the meters to Prometheus, on the loopback interface only. */
final class MetricsEndpoint implements AutoCloseable {
  private final HTTPServer server;

  private MetricsEndpoint(HTTPServer server) {
    this.server = server;
  }

  /** Starts to serve; port 0 takes any that is free. */
  static MetricsEndpoint serve(PrometheusMeterRegistry registry, int port) {
    try {
      return new MetricsEndpoint(
          HTTPServer.builder()
              .inetAddress(InetAddress.getLoopbackAddress())
              .port(port)
              .registry(registry.getPrometheusRegistry())
              .buildAndStart());
    } catch (IOException e) {
      throw new Fault(
          FaultCode.STACK_START,
          "port %d cannot serve metrics (%s); choose another %s"
              .formatted(port, e.getMessage(), StreamSetting.METRICS_PORT.key()),
          e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getPort() + "/metrics");
  }

  @Override
  public void close() {
    server.close();
  }
}
