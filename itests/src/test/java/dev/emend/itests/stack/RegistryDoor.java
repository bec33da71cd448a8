package dev.emend.itests.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The way to the shared registry for one test, which can be shut while other tests go on using the
 * registry: what comes through is passed on as it is. Not thread-safe.
 */
public final class RegistryDoor implements AutoCloseable {
  private final URI registry;
  private final HttpClient client = HttpClient.newHttpClient();
  private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private @Nullable HttpServer server;

  /** Opens the door to a registry. */
  public RegistryDoor(URI registry) {
    this.registry = registry;
    open();
  }

  /** Opens it under the address that it had before. */
  public void open() {
    try {
      HttpServer opened = HttpServer.create(address, 0);
      opened.createContext("/", this::pass);
      opened.start();
      address = opened.getAddress();
      server = opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody answers at the address any more. */
  public void shut() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Where the door is. */
  public String url() {
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry + path));
      byte[] body = exchange.getRequestBody().readAllBytes();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      request.header("Content-Type", type == null ? "application/json" : type);
      request.method(
          exchange.getRequestMethod(),
          body.length == 0
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(body));
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    shut();
  }
}
