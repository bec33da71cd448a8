package dev.emend.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Posts JSON, and again for a while if nobody answers or the server says that it is its own fault.
 * Thread-safe.
 */
final class JsonPost {
  private static final int FIRST_RETRIABLE = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REFUSED = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final Patience patience;
  private final Map<String, String> headers;

  JsonPost(Patience patience, Map<String, String> headers) {
    this.http = HttpClient.newBuilder().connectTimeout(patience.timeout()).build();
    this.patience = patience;
    this.headers = Map.copyOf(headers);
  }

  /**
   * Posts, and returns the status: one below 400, or one that the caller expects.
   *
   * @param expected a status from 400 on that is no failure
   * @throws Fault DELIVERY_FAILED if it is refused, or not accepted after all attempts
   */
  int post(URI target, JsonNode content, int expected) {
    HttpRequest request = request(target, content);
    Duration pause = patience.pause();
    String reason = "";
    for (int attempt = 0; attempt < patience.attempts(); attempt++) {
      if (attempt > 0) {
        sleep(pause);
        pause = pause.multipliedBy(2);
      }
      Optional<HttpResponse<String>> answer = send(request);
      int status = answer.map(HttpResponse::statusCode).orElse(FIRST_RETRIABLE);
      if (status < REFUSED || status == expected) {
        return status;
      }
      reason = answer.map(a -> status + " " + a.body()).orElse("nobody answers");
      if (status < FIRST_RETRIABLE && status != TOO_MANY_REQUESTS) {
        break;
      }
    }
    throw new Fault(
        FaultCode.DELIVERY_FAILED, "POST " + target + " was not accepted: " + oneLine(reason));
  }

  private HttpRequest request(URI target, JsonNode content) {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(target)
              .timeout(patience.timeout())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(content)));
      headers.forEach(builder::header);
      return builder.build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  private Optional<HttpResponse<String>> send(HttpRequest request) {
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.DELIVERY_FAILED, "interrupted while posting", e);
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.DELIVERY_FAILED, "interrupted between two attempts", e);
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 200 ? line : line.substring(0, 200);
  }
}
