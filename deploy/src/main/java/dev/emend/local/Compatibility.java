package dev.emend.local;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sets what a registry demands of a new version of a schema. */
final class Compatibility {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;

  private Compatibility() {}

  /** Demands that new readers understand old records, which a fresh registry does not. */
  static void requireBackward(URI registry) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry + "/config"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .timeout(PATIENCE)
            .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new Fault(
            FaultCode.STACK_START,
            "the schema registry refused BACKWARD compatibility: " + answer.body());
      }
    } catch (IOException e) {
      throw new Fault(FaultCode.STACK_START, "the schema registry does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.STACK_START, "interrupted while the stack started", e);
    }
  }
}
