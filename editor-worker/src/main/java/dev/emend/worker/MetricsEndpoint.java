package dev.emend.worker;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;

/**
 * Serves meters at {@code /metrics} in Prometheus' format, on the loopback interface: metrics name
 * models and rates, and whoever wants them elsewhere puts a proxy in front.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final HTTPServer server;

  private MetricsEndpoint(HTTPServer server) {
    this.server = server;
  }

  /**
   * Starts serving.
   *
   * @param port 0 for any free port
   * @throws Fault {@link FaultCode#STACK_START} if the port is taken
   */
  public static MetricsEndpoint start(PrometheusMeterRegistry registry, int port) {
    try {
      return new MetricsEndpoint(
          HTTPServer.builder()
              .hostname(LOOPBACK)
              .port(port)
              .registry(registry.getPrometheusRegistry())
              .buildAndStart());
    } catch (IOException e) {
      throw new Fault(
          FaultCode.STACK_START,
          "metrics cannot be served on port " + port + "; choose another or 0",
          e);
    }
  }

  /** The port in use. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
