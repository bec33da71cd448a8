package dev.emend.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.hostile.HostileInput;
import dev.emend.model.ModelOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes on the socket that are no request, or nearly one. */
class HostileHttpTest {
  /** Longer than any answer takes: who waits so long hangs. */
  private static final int HANGS_MILLIS = 60_000;

  private static final String MODELS = "GET /v1/models HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String BODY = "{\"prompt\":\"The capital of\",\"max_tokens\":1}";
  private static final String COMPLETION =
      "POST /v1/completions HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
          + "Content-Length: %d\r\n\r\n%s".formatted(BODY.length(), BODY);

  @Test
  @Timeout(600)
  void shouldAnswerTheNextRequestWhateverCameBefore() {
    InstantSource clock = InstantSource.system();
    try (ServedModel model = ServedModel.open("m", Path.of("model"), ModelOptions.defaults());
        CompletionService service =
            CompletionService.start(
                "m",
                model,
                Duration.ofSeconds(1),
                CompletionService.loopback(0),
                new HttpGuard(Optional.empty(), 1_000_000, clock),
                clock)) {
      HostileInput.attack(
          List.of(bytes(MODELS), bytes(COMPLETION)),
          List.of(
              "\r\n",
              "Content-Length: -1\r\n",
              "Content-Length: 99999999999\r\n",
              "Transfer-Encoding: chunked\r\n",
              "fffffffff\r\n",
              "Expect: 100-continue\r\n",
              "/../../",
              "%00",
              "HTTP/9.9",
              "\"min_version\":9,"),
          request -> requireOk(service.address(), request),
          NotAnsweredException.class,
          20);
      assertThat(answer(service.address(), bytes(COMPLETION))).startsWith("HTTP/1.1 200");
    }
  }

  private static void requireOk(URI service, byte[] request) throws NotAnsweredException {
    String answer = answer(service, request);
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new NotAnsweredException(answer.lines().findFirst().orElse("closed"));
    }
  }

  private static String answer(URI service, byte[] request) {
    try (Socket socket = new Socket(InetAddress.getByName(service.getHost()), service.getPort())) {
      socket.setSoTimeout(HANGS_MILLIS);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      byte[] all = socket.getInputStream().readNBytes(64 * 1024);
      return new String(all, StandardCharsets.UTF_8);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("it hangs", e);
    } catch (IOException e) {
      return "reset: " + e; // closing is an answer, too
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The service did not say 200. */
  private static final class NotAnsweredException extends Exception {
    private static final long serialVersionUID = 1;

    NotAnsweredException(String status) {
      super(status);
    }
  }
}
