package dev.emend.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
 * Answers as vLLM's server does where adapters are concerned: what it accepts, what it refuses and
 * with which status were taken down from its sources ({@code OpenAIServingModels}). Thread-safe.
 */
final class ContractServer implements AutoCloseable {
  record Call(String path, JsonNode body, String authorization) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  final Map<String, String> loaded = new ConcurrentHashMap<>();
  final AtomicInteger failures = new AtomicInteger();
  private final HttpServer server;

  ContractServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
    String path = exchange.getRequestURI().getPath();
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    calls.add(new Call(path, body, authorization));
    String name = body.path("lora_name").asText();
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      error(exchange, 503, "ServiceUnavailable", "loading");
    } else if (path.equals("/v1/load_lora_adapter")) {
      load(exchange, name, body);
    } else if (path.equals("/v1/unload_lora_adapter")) {
      unload(exchange, name);
    } else {
      send(exchange, 200, "");
    }
  }

  private void load(HttpExchange exchange, String name, JsonNode body) throws IOException {
    String path = body.path("lora_path").asText();
    if (name.isEmpty() || path.isEmpty()) {
      error(
          exchange, 400, "InvalidUserInput", "Both 'lora_name' and 'lora_path' must be provided.");
    } else if (loaded.containsKey(name) && !body.path("load_inplace").asBoolean()) {
      error(exchange, 400, "InvalidUserInput", "The lora adapter has already been loaded.");
    } else {
      loaded.put(name, path);
      send(exchange, 200, "Success: LoRA adapter '" + name + "' added successfully.");
    }
  }

  private void unload(HttpExchange exchange, String name) throws IOException {
    if (loaded.remove(name) == null) {
      error(exchange, 404, "NotFoundError", "The lora adapter '" + name + "' cannot be found.");
    } else {
      send(exchange, 200, "Success: LoRA adapter '" + name + "' removed successfully.");
    }
  }

  private static void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    String form = "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%d}}";
    send(exchange, status, form.formatted(message, type, status));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
