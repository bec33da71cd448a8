package dev.emend.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/completions} and {@code GET /v1/models} in OpenAI's form, on the loopback
 * interface unless told otherwise. Beside that form: {@code min_version} in a request makes it wait
 * for that version, and the headers {@code Emend-Version} and {@code Emend-Digest} of an answer say
 * which weights gave it. Thread-safe.
 */
public final class CompletionService implements AutoCloseable {
  /** Says which version gave an answer. */
  public static final String VERSION_HEADER = "Emend-Version";

  /** Says with which weights. */
  public static final String DIGEST_HEADER = "Emend-Digest";

  private static final Logger LOG = LoggerFactory.getLogger(CompletionService.class);
  private static final int BODY_LIMIT = 1 << 16;
  private static final int THREADS = 8;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int BAD_METHOD = 405;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final ServedModel model;
  private final Duration patience;
  private final HttpGuard guard;
  private final InstantSource clock;
  private final HttpServer server;
  private final ExecutorService threads;
  private final AtomicLong answered = new AtomicLong();

  private CompletionService(
      String name,
      ServedModel model,
      Duration patience,
      HttpGuard guard,
      InstantSource clock,
      HttpServer server) {
    this.guard = guard;
    this.name = name;
    this.model = model;
    this.patience = patience;
    this.clock = clock;
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "emend-answer-" + name));
  }

  /**
   * Starts to answer.
   *
   * @param name the model's name, as requests give it
   * @param model answers
   * @param patience longest wait for a version that a request asks for
   * @param address where to listen; port 0 for any free one
   * @param guard who may ask, and how often
   * @throws Fault STACK_START if the address is taken
   */
  public static CompletionService start(
      String name,
      ServedModel model,
      Duration patience,
      InetSocketAddress address,
      HttpGuard guard,
      InstantSource clock) {
    try {
      HttpServer server = HttpServer.create(address, 0);
      CompletionService service =
          new CompletionService(name, model, patience, guard, clock, server);
      server.createContext("/", service::handle);
      server.setExecutor(service.threads);
      server.start();
      return service;
    } catch (IOException e) {
      throw new Fault(
          FaultCode.STACK_START, "cannot answer at " + address + "; choose another port or 0", e);
    }
  }

  /** The loopback address with a port; 0 for any free one. */
  public static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where it listens. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        send(exchange, OK, route(exchange));
      } catch (HttpProblem e) {
        send(exchange, e.status(), e.body());
      } catch (Fault e) {
        HttpProblem problem = problem(e);
        send(exchange, problem.status(), problem.body());
      } catch (RuntimeException e) {
        LOG.error("a request failed", e);
        String reason = "the answer failed";
        send(
            exchange,
            SERVER_ERROR,
            new HttpProblem(SERVER_ERROR, "server_error", "", reason, e).body());
      }
    }
  }

  /** A prompt that is too long is the caller's; a version that does not come may come later. */
  private static HttpProblem problem(Fault fault) {
    String message = String.valueOf(fault.getMessage());
    return switch (fault.code()) {
      case TEXT_LENGTH, TEXT_UNTOKENISABLE -> HttpProblem.badRequest("prompt", message, fault);
      default ->
          new HttpProblem(
              UNAVAILABLE, fault.code().name().toLowerCase(Locale.ROOT), "", message, fault);
    };
  }

  private ObjectNode route(HttpExchange exchange) throws IOException {
    guard.admit(exchange);
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    String wanted = path.equals("/v1/completions") ? "POST" : "GET";
    if (!path.equals("/v1/completions") && !path.equals("/v1/models")) {
      throw new HttpProblem(NOT_FOUND, "not_found_error", "", "there is no " + path, null);
    }
    if (!method.equals(wanted)) {
      throw new HttpProblem(
          BAD_METHOD, "invalid_request_error", "", path + " takes " + wanted + " only", null);
    }
    return wanted.equals("GET") ? models() : complete(exchange);
  }

  private ObjectNode models() {
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
    list.putArray("data")
        .addObject()
        .put("id", name)
        .put("object", "model")
        .put("owned_by", "emend")
        .put("emend_version", model.version().version());
    return list;
  }

  private ObjectNode complete(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      throw new HttpProblem(
          TOO_LARGE, "invalid_request_error", "", "a request has at most 64 kB", null);
    }
    CompletionRequest request = CompletionRequest.parse(body);
    await(request.minVersion());
    Answer answer = model.answer(request.prompt(), request.maxTokens());
    exchange.getResponseHeaders().set(VERSION_HEADER, Long.toString(answer.version().version()));
    exchange.getResponseHeaders().set(DIGEST_HEADER, answer.version().digest().hex());
    return completion(answer);
  }

  private void await(long version) {
    try {
      model.awaitVersion(version, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.TIMEOUT, "stopped while waiting for version " + version, e);
    }
  }

  private ObjectNode completion(Answer answer) {
    ObjectNode completion =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "cmpl-" + answered.incrementAndGet())
            .put("object", "text_completion")
            .put("created", clock.instant().getEpochSecond())
            .put("model", name);
    completion
        .putArray("choices")
        .addObject()
        .put("text", answer.text())
        .put("index", 0)
        .putNull("logprobs")
        .put("finish_reason", answer.isComplete() ? "stop" : "length");
    completion
        .putObject("usage")
        .put("prompt_tokens", answer.promptTokens())
        .put("completion_tokens", answer.tokens())
        .put("total_tokens", answer.promptTokens() + answer.tokens());
    return completion;
  }

  private static void send(HttpExchange exchange, int status, ObjectNode content)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(content);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
