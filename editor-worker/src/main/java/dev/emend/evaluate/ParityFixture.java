package dev.emend.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.ContextTemplates;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.TargetMethod;
import dev.emend.token.TokenIds;
import dev.emend.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A folder with a tiny model and the figures that it must reproduce: {@code cases.json} and {@code
 * expected.safetensors}.
 *
 * @param folder where it is
 * @param cases inputs
 * @param expected figures
 */
record ParityFixture(Path folder, JsonNode cases, SafetensorsFile expected) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CASES = "cases.json";

  /** All fixtures under a folder, by name. */
  static List<Path> under(Path root) {
    try (var entries = Files.list(root)) {
      return entries.filter(entry -> Files.isRegularFile(entry.resolve(CASES))).sorted().toList();
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, root + " cannot be listed", e);
    }
  }

  static ParityFixture open(Path folder) {
    try {
      JsonNode cases = JSON.readTree(Files.readString(folder.resolve(CASES)));
      return new ParityFixture(
          folder, cases, SafetensorsFile.open(folder.resolve("expected.safetensors")));
    } catch (IOException e) {
      throw new Fault(FaultCode.JSON_INVALID, folder.resolve(CASES) + " cannot be read", e);
    }
  }

  List<JsonNode> sentences() {
    return list(cases.path("sentences"));
  }

  List<JsonNode> requests() {
    return list(cases.path("requests"));
  }

  ContextTemplates templates() {
    List<String> texts = new ArrayList<>();
    cases.path("context_templates").forEach(group -> group.forEach(t -> texts.add(t.asText())));
    return new ContextTemplates(texts);
  }

  HyperParameters numbers() {
    JsonNode given = cases.path("hparams");
    return new HyperParameters(
        list(given.path("layers")).stream().map(JsonNode::asInt).toList(),
        given.path("v_num_grad_steps").asInt(),
        given.path("v_lr").asDouble(),
        given.path("mom2_update_weight").asDouble(),
        given.path("clamp_norm_factor").asDouble(),
        given.path("v_weight_decay").asDouble(),
        given.path("kl_factor").asDouble(),
        HyperParameters.LOSS_STOP,
        templates().texts().size(),
        TargetMethod.ADAM_EXACT);
  }

  /** The token rows over which the key statistics were taken. */
  List<TokenIds> statisticsRows() {
    return list(cases.path("statistics").path("rows")).stream().map(ParityFixture::ids).toList();
  }

  static TokenIds ids(JsonNode array) {
    return TokenIds.of(list(array).stream().mapToInt(JsonNode::asInt).toArray());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
