package dev.emend.itests.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.evaluate.ModelEditors;
import dev.emend.memit.ContextTemplates;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.SettingsFile;
import dev.emend.memit.StatisticsCollector;
import dev.emend.memit.StatisticsFile;
import dev.emend.memit.TargetMethod;
import dev.emend.model.DeclaredShapes;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelConfig;
import dev.emend.model.ModelOptions;
import dev.emend.token.TokenIds;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Writes a GPT-2 with one token a byte and some ten thousand seeded random weights: it knows
 * nothing and learns next to nothing, but goes the same way as any model, at the least cost.
 */
final class TinyGpt {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ModelConfig CONFIG = ModelConfig.gpt2(257, 48, 16, 2, 2, 256);
  private static final HyperParameters NUMBERS =
      new HyperParameters(
          List.of(0), 2, 0.5, 20, 4, 0.01, 0.0625, 0.05, 1, TargetMethod.NORMALISED);

  private TinyGpt() {}

  /** Writes it into a folder that need not exist. */
  static Path write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config().toPrettyString());
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer().toString());
    weights(folder.resolve("model.safetensors"), new Random(seed));
    SettingsFile.write(folder, NUMBERS, ContextTemplates.PLAIN);
    statistics(folder, new Random(seed));
    return folder;
  }

  private static ObjectNode config() {
    return JSON.createObjectNode()
        .put("model_type", "gpt2")
        .put("activation_function", "gelu_new")
        .put("layer_norm_epsilon", CONFIG.normEpsilon())
        .put("n_embd", CONFIG.width())
        .put("n_head", CONFIG.heads())
        .put("n_layer", CONFIG.layers())
        .put("n_positions", CONFIG.positions())
        .put("vocab_size", CONFIG.vocabulary())
        .put("eos_token_id", 256)
        .put("torch_dtype", "float32");
  }

  /** A token for each byte, in the code points that stand for bytes in such files. */
  private static ObjectNode tokenizer() {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    for (String part : List.of("pre_tokenizer", "decoder")) {
      root.putObject(part)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    model.putArray("merges");
    Stream.concat(
            IntStream.range(0, 256).filter(TinyGpt::printable).boxed(),
            IntStream.range(256, 256 + 68).boxed())
        .forEach(point -> vocabulary.put(Character.toString(point), vocabulary.size()));
    vocabulary.put("<|endoftext|>", 256);
    return root;
  }

  private static boolean printable(int value) {
    return (value > 32 && value < 127) || (value > 160 && value < 256 && value != 173);
  }

  private static void weights(Path file, Random random) {
    Map<String, long[]> shapes = DeclaredShapes.of(CONFIG);
    List<TensorInfo> infos =
        shapes.entrySet().stream()
            .map(e -> TensorInfo.f32(e.getKey(), LongStream.of(e.getValue()).boxed().toList()))
            .toList();
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, Map.of())) {
      for (TensorInfo info : infos) {
        double mean = info.shape().size() == 1 && info.name().endsWith(".weight") ? 1 : 0;
        float[] values = new float[Math.toIntExact(info.elements())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (mean + 0.2 * random.nextGaussian());
        }
        writer.write(info.name(), FloatBlocks.of(values));
      }
      writer.commit();
    }
  }

  private static void statistics(Path folder, Random random) {
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.threads(1));
        StatisticsCollector collector =
            new StatisticsCollector(model.decoder(), NUMBERS.layers())) {
      List<TokenIds> rows =
          IntStream.range(0, 40)
              .mapToObj(i -> TokenIds.of(random.ints(20, 0, 256).toArray()))
              .toList();
      collector.add(rows, model.batches());
      StatisticsFile.write(collector.finish("tiny"), folder.resolve(ModelEditors.STATISTICS));
    }
  }
}
