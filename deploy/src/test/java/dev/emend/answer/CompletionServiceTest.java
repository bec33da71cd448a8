package dev.emend.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.delta.DenseValues;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.TensorEdit;
import dev.emend.event.DeltaKind;
import dev.emend.event.WeightLayout;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.ModelOptions;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CompletionServiceTest {
  private static final Path MODEL = Path.of("model");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(77);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ServedModel model = ServedModel.open("m", MODEL, ModelOptions.defaults());
  private CompletionService service = start(PATIENCE);

  private CompletionService start(Duration patience) {
    return start(patience, new HttpGuard(Optional.empty(), 1_000, CLOCK));
  }

  private CompletionService start(Duration patience, HttpGuard guard) {
    return CompletionService.start(
        "m", model, patience, CompletionService.loopback(0), guard, CLOCK);
  }

  @AfterEach
  void close() {
    service.close();
    model.close();
  }

  private URI at(String path) {
    return service.address().resolve(path);
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(at("/v1/completions")).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  /** A version whose feed-forward layers write nothing but zeros. */
  private static ModelState nextVersion() {
    ModelState base = ModelState.open("m", ModelFolder.open(MODEL));
    List<TensorEdit> edits =
        base.folder().names().stream()
            .filter(name -> name.endsWith("mlp.c_proj.weight"))
            .map(name -> new TensorEdit(name, WeightLayout.IN_OUT, zeros(base.floats(name).length)))
            .toList();
    return base.stage(DeltaKind.WINDOW, edits, ExactUpdate.sequential()).result();
  }

  private static DenseValues zeros(int count) {
    return DenseValues.of(new float[count]);
  }

  @Test
  void shouldAnswerInOpenAisFormAndNameTheVersion() throws Exception {
    HttpResponse<String> answer =
        post("{\"model\":\"m\",\"prompt\":\"The CEO of Apple is\",\"max_tokens\":3}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Emend-Version")).contains("0");
    assertThat(answer.headers().firstValue("Emend-Digest"))
        .contains(model.version().digest().hex());
    JsonNode body = json(answer);
    assertThat(body.path("object").asText()).isEqualTo("text_completion");
    assertThat(body.path("created").asLong()).isEqualTo(77);
    assertThat(body.path("choices").get(0).path("text").asText())
        .isNotBlank()
        .isEqualTo(model.answer("The CEO of Apple is", 3).text());
    assertThat(body.path("usage").path("completion_tokens").asInt()).isBetween(1, 3);
    JsonNode models = json(http.send(get("/v1/models"), BodyHandlers.ofString()));
    assertThat(models.path("data").get(0).path("id").asText()).isEqualTo("m");
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(at(path)).GET().build();
  }

  @Test
  void shouldAskForTheTokenAndHoldToTheRate() throws Exception {
    service.close();
    service = start(PATIENCE, new HttpGuard(Optional.of("s3cret"), 2, CLOCK));
    HttpRequest.Builder wrong = HttpRequest.newBuilder(at("/v1/models"));

    assertThat(post("{}").statusCode()).isEqualTo(401);
    assertThat(status(wrong.header("Authorization", "Bearer guess").build())).isEqualTo(401);
    HttpRequest right =
        HttpRequest.newBuilder(at("/v1/models")).header("Authorization", "Bearer s3cret").build();
    assertThat(status(right)).isEqualTo(200);
    assertThat(status(right)).isEqualTo(200);
    assertThat(status(right)).as("the clock stands still").isEqualTo(429);
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void shouldWaitForTheVersionThatARequestAsksForAndAnswerFromItsWeights() throws Exception {
    String before = model.answer("The CEO of Apple is", 8).text();
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return post(
                    "{\"prompt\":\"The CEO of Apple is\",\"max_tokens\":8,\"min_version\":1}");
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    ModelState next = nextVersion();
    model.catchUp(() -> next);

    HttpResponse<String> answer = waiting.join();

    assertThat(answer.headers().firstValue("Emend-Version")).contains("1");
    assertThat(json(answer).path("choices").get(0).path("text").asText()).isNotEqualTo(before);
    model.catchUp(() -> ModelState.open("m", ModelFolder.open(MODEL)));
    assertThat(model.answer("The CEO of Apple is", 8).text()).isEqualTo(before);
  }

  @Test
  void shouldSayThatAVersionDoesNotComeOrNeverWill() throws Exception {
    service.close();
    service = start(Duration.ofMillis(1));
    String ask = "{\"prompt\":\"x\",\"min_version\":9}";
    HttpResponse<String> late = post(ask);
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(json(late).path("error").path("type").asText()).isEqualTo("timeout");

    model.onFault(new Fault(FaultCode.VERSION_CHAIN, "version 3 is a fork"));
    assertThat(json(post(ask)).path("error").path("message").asText()).contains("fork");
    assertThat(post("{\"prompt\":\"x\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseWhatItCannotDoAndSayWhichFieldIsWrong() throws Exception {
    assertThat(post("no json").statusCode()).isEqualTo(400);
    expectWrong("prompt", "{\"max_tokens\":3}");
    expectWrong("max_tokens", "{\"prompt\":\"x\",\"max_tokens\":0}");
    expectWrong("temperature", "{\"prompt\":\"x\",\"temperature\":0.7}");
    expectWrong("n", "{\"prompt\":\"x\",\"n\":2}");
    expectWrong("stream", "{\"prompt\":\"x\",\"stream\":true}");
    expectWrong("min_version", "{\"prompt\":\"x\",\"min_version\":-1}");
    expectWrong("prompt", "{\"prompt\":\"" + "word ".repeat(1000) + "\"}");
    String large = "{\"prompt\":\"" + "x".repeat(70_000) + "\"}";
    assertThat(post(large).statusCode()).isEqualTo(413);
    assertThat(http.send(get("/v1/completions"), BodyHandlers.ofString()).statusCode())
        .isEqualTo(405);
    assertThat(http.send(get("/v2"), BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  private void expectWrong(String field, String body) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(body).isEqualTo(400);
    assertThat(json(answer).path("error").path("param").asText()).isEqualTo(field);
  }
}
