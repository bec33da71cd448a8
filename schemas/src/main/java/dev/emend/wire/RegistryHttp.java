package dev.emend.wire;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends requests to the registry: every address in turn, repeated a bounded number of times. */
final class RegistryHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final RegistrySettings settings;
  private final HttpClient http;

  RegistryHttp(RegistrySettings settings) {
    this.settings = settings;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    settings.tls().context().ifPresent(client::sslContext);
    this.http = client.build();
  }

  /** The answer, whatever its status below 500 says. */
  RegistryAnswer send(String method, String path, @Nullable Object body) {
    String json = body == null ? null : write(body);
    IOException last = new IOException("no attempt was made");
    Duration pause = settings.retryWait();
    for (int round = 0; round <= settings.retries(); round++) {
      if (round > 0) {
        rest(pause);
        pause = pause.multipliedBy(2);
      }
      for (URI address : settings.addresses()) {
        try {
          return once(address, method, path, json);
        } catch (IOException e) {
          last = e;
        }
      }
    }
    throw unavailable(last);
  }

  private RegistryAnswer once(URI address, String method, String path, @Nullable String json)
      throws IOException {
    HttpResponse<byte[]> response = exchange(request(address, method, path, json));
    int status = response.statusCode();
    if (status >= 500 || status == 429 || status == 408) {
      throw new IOException("HTTP status " + status);
    }
    return new RegistryAnswer(address, status, read(response.body()));
  }

  private HttpRequest request(URI address, String method, String path, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(settings.readTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE);
    settings.authorization().ifPresent(auth -> request.header("Authorization", auth.headerValue()));
    return request.method(method, publisher(json)).build();
  }

  private static HttpRequest.BodyPublisher publisher(@Nullable String json) {
    return json == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void rest(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Fault interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new Fault(
        FaultCode.REGISTRY_UNAVAILABLE, "interrupted while waiting for the schema registry", cause);
  }

  private Fault unavailable(IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new Fault(
        FaultCode.REGISTRY_UNAVAILABLE,
        "the schema registry at %s does not answer (%s, after %d attempts); check %s and try again"
            .formatted(
                settings.addresses(), reason, settings.retries() + 1, WireConfig.REGISTRY_URL),
        cause);
  }

  private static String write(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new Fault(FaultCode.INTERNAL, "cannot write a registry request as JSON", e);
    }
  }

  /** The body as JSON; the missing node if it is none, as a proxy's error page. */
  private static JsonNode read(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      return node == null ? JSON.missingNode() : node;
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
