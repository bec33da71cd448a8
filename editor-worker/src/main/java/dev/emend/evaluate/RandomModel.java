package dev.emend.evaluate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.StatisticsCollector;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.DeclaredShapes;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelConfig;
import dev.emend.model.ModelOptions;
import dev.emend.token.TokenIds;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.ModelFolder;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Makes GPT-2 folders of any size with seeded random weights, for measuring time and memory: such a
 * model knows nothing, but it is loaded and edited at the cost of a trained one.
 */
public final class RandomModel {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BLOCK = 1 << 16;
  private static final int HEAD_WIDTH = 64;
  private static final int POSITIONS = 256;
  private static final int ROW = 64;
  private static final double SPREAD = 0.02;

  /** Enough that statistics are not singular. */
  private static final int TOKENS_PER_INPUT = 4;

  private RandomModel() {}

  /**
   * Writes a folder with weights in fp32, key statistics, and the tokenizer of another model.
   *
   * @param target a folder that does not exist yet
   * @param tokenizer folder of a model whose tokenizer is taken
   * @param width of the hidden state, a multiple of 64
   * @param layers number of blocks
   */
  public static void write(Path target, Path tokenizer, int width, int layers, long seed) {
    ModelFolder other = ModelFolder.open(tokenizer);
    ModelConfig config =
        ModelConfig.gpt2(
            other.config().path("vocab_size").asInt(),
            POSITIONS,
            width,
            layers,
            width / HEAD_WIDTH,
            other.config().path("eos_token_id").asInt());
    try {
      Files.createDirectories(target);
      for (String name : List.of("tokenizer.json", "vocab.json", "merges.txt")) {
        if (Files.isRegularFile(tokenizer.resolve(name))) {
          Files.copy(tokenizer.resolve(name), target.resolve(name));
        }
      }
      Files.writeString(target.resolve(ModelFolder.CONFIG), json(config).toPrettyString());
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, target + " cannot be written", e);
    }
    weights(target.resolve(ModelFolder.WEIGHTS), config, seed);
    statistics(target, seed);
  }

  private static ObjectNode json(ModelConfig config) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("model_type", config.architecture().modelType())
            .put("activation_function", "gelu_new")
            .put("layer_norm_epsilon", config.normEpsilon())
            .put("n_embd", config.width())
            .put("n_head", config.heads())
            .put("n_layer", config.layers())
            .put("n_positions", config.positions())
            .put("vocab_size", config.vocabulary())
            .put("dtype", "float32");
    config.endTokens().forEach(json.putArray("eos_token_id")::add);
    return json;
  }

  private static void weights(Path file, ModelConfig config, long seed) {
    Map<String, long[]> shapes = DeclaredShapes.of(config);
    List<TensorInfo> infos = new ArrayList<>();
    shapes.forEach(
        (name, shape) -> infos.add(TensorInfo.f32(name, LongStream.of(shape).boxed().toList())));
    Random random = new Random(seed);
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, Map.of())) {
      for (TensorInfo info : infos) {
        boolean gain = info.shape().size() == 1 && info.name().endsWith(".weight");
        writer.write(info.name(), drawn(info.elements(), gain ? 1 : 0, random));
      }
      writer.commit();
    }
  }

  /** Values around a mean, a block at a time. */
  private static FloatBlocks drawn(long count, double mean, Random random) {
    return sink -> {
      for (long from = 0; from < count; from += BLOCK) {
        float[] block = new float[(int) Math.min(BLOCK, count - from)];
        for (int i = 0; i < block.length; i++) {
          block[i] = (float) (mean + SPREAD * random.nextGaussian());
        }
        sink.accept(FloatBuffer.wrap(block));
      }
    };
  }

  /** Key statistics of the layers that an edit changes, over rows of random tokens. */
  private static void statistics(Path target, long seed) {
    Random random = new Random(seed);
    try (LanguageModel model = LanguageModel.open(target, ModelOptions.defaults())) {
      ModelConfig config = model.config();
      List<TokenIds> rows = new ArrayList<>();
      for (int i = 0; i <= TOKENS_PER_INPUT * config.innerWidth() / ROW; i++) {
        rows.add(TokenIds.of(random.ints(ROW, 0, config.vocabulary()).toArray()));
      }
      List<Integer> layers = ModelEditors.settings(model, EditOverrides.NONE).numbers().layers();
      try (StatisticsCollector collector = new StatisticsCollector(model.decoder(), layers)) {
        collector.add(rows, model.batches());
        KeyStatistics statistics = collector.finish("random " + seed);
        StatisticsFile.write(statistics, target.resolve(ModelEditors.STATISTICS));
      }
    }
  }
}
