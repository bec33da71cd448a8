package dev.emend.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.delta.ModelState;
import dev.emend.event.DeltaKind;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.subscribe.ServedVersion;
import dev.emend.weights.SafetensorsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SinkTest {
  private static final Patience SHORT =
      new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(20));
  private static final AdapterRank EXACT = new AdapterRank(16, 1e-9);

  @TempDir Path temp;
  private final ContractServer server = new ContractServer();
  private SquareModel model;

  @BeforeEach
  void open() throws IOException {
    model = SquareModel.write(temp.resolve("base"), "gpt2");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static ServedVersion served(ModelState state) {
    return new ServedVersion(
        state.version(),
        DeltaKind.WINDOW,
        List.of("France|capital"),
        List.of("e1", "e2"),
        Optional.empty(),
        Instant.EPOCH);
  }

  private Path adapters() {
    return temp.resolve("adapters");
  }

  private void tell(LoraAdapterSink sink, ModelState state) {
    sink.onVersion(served(state), state);
  }

  @Test
  void shouldWriteAnAdapterWhoseProductIsTheDifferenceInEitherLayout() throws IOException {
    for (String type : List.of("gpt2", "llama")) {
      SquareModel square = SquareModel.write(temp.resolve(type), type);
      ModelState head = square.edited(3);
      Path out = temp.resolve(type + "-adapters");
      tell(new LoraAdapterSink(square.folder(), out, EXACT, (adapter, folder) -> {}), head);

      Path adapter = out.resolve("v000000000003");
      JsonNode config =
          new ObjectMapper().readTree(adapter.resolve("adapter_config.json").toFile());
      String module = type.equals("gpt2") ? "transformer.h.0.c_proj" : "h.0.c_proj";
      assertThat(config.path("fan_in_fan_out").asBoolean()).isEqualTo(type.equals("gpt2"));
      assertThat(config.path("r").asInt()).isEqualTo(config.path("lora_alpha").asInt());
      assertThat(config.path("target_modules").get(0).asText()).isEqualTo(module);
      SafetensorsFile weights = SafetensorsFile.open(adapter.resolve("adapter_model.safetensors"));
      float[] product = product(weights, "base_model.model." + module, config.path("r").asInt());
      float[] before = square.base().floats(SquareModel.WEIGHT);
      float[] after = head.floats(SquareModel.WEIGHT);
      for (int o = 0; o < SquareModel.SIDE; o++) {
        for (int i = 0; i < SquareModel.SIDE; i++) {
          int at = type.equals("gpt2") ? i * SquareModel.SIDE + o : o * SquareModel.SIDE + i;
          assertThat(product[o * SquareModel.SIDE + i])
              .isCloseTo(after[at] - before[at], org.assertj.core.data.Offset.offset(1e-4f));
        }
      }
    }
  }

  /** What PEFT adds to a linear layer: B times A, out x in. */
  private static float[] product(SafetensorsFile weights, String module, int rank) {
    float[] a = weights.floats(module + ".lora_A.weight");
    float[] b = weights.floats(module + ".lora_B.weight");
    int side = SquareModel.SIDE;
    float[] product = new float[side * side];
    for (int o = 0; o < side; o++) {
      for (int r = 0; r < rank; r++) {
        for (int i = 0; i < side; i++) {
          product[o * side + i] += b[o * rank + r] * a[r * side + i];
        }
      }
    }
    return product;
  }

  @Test
  void shouldKeepTwoAdaptersAndSkipWhatIsAlreadyWritten() throws IOException {
    List<Long> used = new ArrayList<>();
    LoraAdapterSink sink =
        new LoraAdapterSink(
            model.folder(),
            adapters(),
            EXACT,
            (adapter, f) -> used.add(adapter.version().version()));
    for (int version : new int[] {1, 2, 2, 4}) {
      tell(sink, model.edited(version));
    }
    assertThat(used).containsExactly(1L, 2L, 4L);
    try (Stream<Path> left = Files.list(adapters())) {
      assertThat(left.map(p -> p.getFileName().toString()).sorted())
          .containsExactly("v000000000002", "v000000000004");
    }
  }

  @Test
  void shouldLoadEachVersionUnderItsNameAndUnloadTheOneBefore() {
    server.loaded.put("facts-v1", "left from before a restart");
    AdapterEndpoint endpoint =
        AdapterEndpoint.named(
            server.address(), "facts", SHORT, Map.of("Authorization", "Bearer key"));
    LoraAdapterSink sink = new LoraAdapterSink(model.folder(), adapters(), EXACT, endpoint);

    tell(sink, model.edited(1));
    tell(sink, model.edited(2));

    String path = adapters().resolve("v000000000002").toString();
    assertThat(server.loaded).containsExactlyEntriesOf(Map.of("facts-v2", path));
    assertThat(server.calls)
        .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer key"));
  }

  @Test
  void shouldLoadInPlaceAndFlushWhatTheServerRemembers() {
    URI flush = server.address().resolve("/reset_prefix_cache");
    AdapterEndpoint endpoint =
        AdapterEndpoint.inPlace(server.address(), "facts", flush, SHORT, Map.of());
    LoraAdapterSink sink = new LoraAdapterSink(model.folder(), adapters(), EXACT, endpoint);

    tell(sink, model.edited(1));
    tell(sink, model.edited(2));

    assertThat(server.loaded).containsOnlyKeys("facts");
    assertThat(server.calls)
        .extracting(ContractServer.Call::path)
        .containsExactly(
            "/v1/load_lora_adapter",
            "/reset_prefix_cache",
            "/v1/load_lora_adapter",
            "/reset_prefix_cache");
  }

  @Test
  void shouldPostEachVersionAndTryAgainWhenTheReceiverFails() {
    server.failures.set(2);
    WebhookSink hook = new WebhookSink(server.address().resolve("/hook"), SHORT, Map.of());
    ModelState state = model.edited(2);

    hook.onVersion(served(state), state);

    assertThat(server.calls).hasSize(3);
    JsonNode body = server.calls.get(2).body();
    assertThat(body.path("version").asLong()).isEqualTo(2);
    assertThat(body.path("chain_hash").asText()).isEqualTo(state.version().chainHash().hex());
    assertThat(body.path("events").size()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpWithAFaultThatSaysWhatTheServerSaid() {
    server.failures.set(100);
    WebhookSink hook = new WebhookSink(server.address().resolve("/hook"), SHORT, Map.of());
    ModelState state = model.edited(1);
    assertThatThrownBy(() -> hook.onVersion(served(state), state))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.code()).isEqualTo(FaultCode.DELIVERY_FAILED))
        .hasMessageContaining("503");
    assertThat(server.calls).hasSize(3);
  }
}
