package dev.emend.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Confluent's REST contract on a free port of this machine, under the base path {@code
 * /apis/ccompat/v7}. Checks backward compatibility for real and remembers what it was asked.
 */
public final class FakeRegistry implements AutoCloseable {
  private static final String BASE = "/apis/ccompat/v7";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final Map<UUID, String> guids = new LinkedHashMap<>();
  private final Map<String, String> levels = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final String scheme;
  private Optional<String> required = Optional.empty();
  private int failures;
  private int failureStatus;

  /** A registry with nothing in it. */
  public FakeRegistry() {
    this(Optional.empty());
  }

  private FakeRegistry(Optional<SSLContext> tls) {
    try {
      server = tls.isPresent() ? HttpsServer.create(anyPort(), 0) : HttpServer.create(anyPort(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (server instanceof HttpsServer secured) {
      secured.setHttpsConfigurator(new HttpsConfigurator(tls.orElseThrow()));
    }
    scheme = tls.isPresent() ? "https" : "http";
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * A registry with TLS that answers nobody who does not say who he is.
   *
   * @param authorization what the header of that name must hold
   */
  public static FakeRegistry secured(SSLContext tls, String authorization) {
    FakeRegistry registry = new FakeRegistry(Optional.of(tls));
    registry.required = Optional.of(authorization);
    return registry;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Address for {@code schema.registry.url}. */
  public String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + BASE;
  }

  /** A client of it that is not patient. */
  public SchemaRegistryClient client() {
    return SchemaRegistryClient.from(settings());
  }

  /** The least configuration of a serde. */
  public Map<String, String> settings() {
    return Map.of(
        WireConfig.REGISTRY_URL, url(), WireConfig.MAX_RETRIES, "2", WireConfig.RETRY_WAIT, "1");
  }

  synchronized void failNext(int times, int status) {
    failures = times;
    failureStatus = status;
  }

  synchronized void knowGuid(UUID guid, String schema) {
    guids.put(guid, schema);
  }

  synchronized int put(String subject, String schema) {
    int id = schemas.indexOf(schema) + 1;
    if (id == 0) {
      schemas.add(schema);
      id = schemas.size();
    }
    List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return id;
  }

  /** Levels set by subject; the global one under the empty name. */
  public synchronized Map<String, String> levels() {
    return Map.copyOf(levels);
  }

  /** Names of the subjects that have a schema. */
  public synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** Method and path of each request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    if (required.isPresent() && !required.get().equals(authorization)) {
      answer(exchange, 401, "<html>who are you?</html>");
    } else if (failures > 0) {
      failures--;
      answer(exchange, failureStatus, "<html>out of order</html>");
    } else if (!path.startsWith(BASE + "/")) {
      answer(exchange, 404, "<html>no such page</html>");
    } else {
      String[] parts = path.substring(BASE.length() + 1).split("/");
      route(exchange, parts, JSON.readTree(exchange.getRequestBody()));
    }
  }

  private void route(HttpExchange exchange, String[] parts, JsonNode body) throws IOException {
    String subject = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
    switch (exchange.getRequestMethod() + " " + parts[0] + "/" + parts.length) {
      case "POST subjects/3" -> register(exchange, subject, body.path("schema").asText());
      case "POST subjects/2" -> lookUp(exchange, subject, body.path("schema").asText());
      case "GET subjects/4" -> version(exchange, subject, parts[3]);
      case "GET schemas/3" -> schema(exchange, parts[1], parts[2]);
      case "PUT config/1", "PUT config/2" -> {
        levels.put(subject, body.path("compatibility").asText());
        answer(exchange, 200, JSON.writeValueAsString(body));
      }
      default -> error(exchange, 405, 405, "not in the contract");
    }
  }

  private void register(HttpExchange exchange, String subject, String schema) throws IOException {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    if (!versions.isEmpty() && !isBackward(schema, text(versions.get(versions.size() - 1)))) {
      error(exchange, 409, 409, "Schema being registered is incompatible with an earlier schema");
    } else {
      answer(exchange, 200, "{\"id\":" + put(subject, schema) + "}");
    }
  }

  private static boolean isBackward(String reader, String writer) {
    Schema newer = new Schema.Parser().parse(reader);
    Schema older = new Schema.Parser().parse(writer);
    return SchemaCompatibility.checkReaderWriterCompatibility(newer, older).getType()
        == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
  }

  private void lookUp(HttpExchange exchange, String subject, String schema) throws IOException {
    int id = schemas.indexOf(schema) + 1;
    if (subjects.getOrDefault(subject, List.of()).contains(id)) {
      answer(exchange, 200, "{\"subject\":\"s\",\"version\":1,\"id\":" + id + "}");
    } else {
      error(exchange, 404, 40403, "Schema not found");
    }
  }

  private void version(HttpExchange exchange, String subject, String which) throws IOException {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    int number = which.equals("latest") ? versions.size() : Integer.parseInt(which);
    if (number < 1 || number > versions.size()) {
      error(exchange, 404, 40401, "Subject '" + subject + "' not found");
    } else {
      int id = versions.get(number - 1);
      Map<String, Object> answer =
          Map.of("subject", subject, "version", number, "id", id, "schema", text(id));
      answer(exchange, 200, JSON.writeValueAsString(answer));
    }
  }

  private void schema(HttpExchange exchange, String kind, String name) throws IOException {
    String found =
        kind.equals("guids")
            ? guids.get(UUID.fromString(name))
            : Integer.parseInt(name) <= schemas.size() ? text(Integer.parseInt(name)) : null;
    if (found == null) {
      error(exchange, 404, 40403, "Schema " + name + " not found");
    } else if (found.startsWith("!")) {
      // Not a bare schema but a whole answer, for references and other types.
      answer(exchange, 200, found.substring(1));
    } else {
      answer(exchange, 200, JSON.writeValueAsString(Map.of("schema", found)));
    }
  }

  private String text(int id) {
    return schemas.get(id - 1);
  }

  private static void error(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    Map<String, Object> body = Map.of("error_code", code, "message", message);
    answer(exchange, status, JSON.writeValueAsString(body));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
