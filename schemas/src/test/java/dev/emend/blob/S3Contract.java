package dev.emend.blob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.emend.weights.Digest32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers as S3's REST interface does where single objects are concerned (PutObject, HeadObject,
 * GetObject, DeleteObject and their errors), path style, in memory. Requests must be signed
 * (version 4), and a body must have the SHA-256 that its signature covers. Thread-safe.
 */
final class S3Contract implements AutoCloseable {
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicInteger failures = new AtomicInteger();
  private final HttpServer server;

  S3Contract() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    calls.add(method + " " + path);
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      error(exchange, 503, "SlowDown");
    } else if (!isSigned(exchange)) {
      error(exchange, 403, "AccessDenied");
    } else if (method.equals("PUT")) {
      put(exchange, path, body);
    } else if (method.equals("DELETE")) {
      objects.remove(path);
      send(exchange, 204, new byte[0]);
    } else if (!objects.containsKey(path)) {
      error(exchange, 404, "NoSuchKey");
    } else {
      send(exchange, 200, objects.get(path));
    }
  }

  private static boolean isSigned(HttpExchange exchange) {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    return authorization.startsWith("AWS4-HMAC-SHA256 Credential=")
        && authorization.contains("/s3/aws4_request")
        && authorization.contains("x-amz-content-sha256");
  }

  private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
    String stated = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
    if (!stated.equals(Digest32.sha256(body).hex())) {
      error(exchange, 400, "XAmzContentSHA256Mismatch");
      return;
    }
    objects.put(path, body);
    send(exchange, 200, new byte[0]);
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    String form =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<Error><Code>%s</Code><Message>%s</Message></Error>";
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    send(exchange, status, form.formatted(code, code).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
