package dev.emend.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.token.TinyTokenizers;
import dev.emend.weights.Dtype;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Writes a small seeded GPT-2 as a Hugging Face folder. */
public final class TinyFolder {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TinyFolder() {}

  /** The numbers of the model; its vocabulary is that of the byte-level test tokenizer. */
  public static ModelConfig config() {
    return ModelConfig.gpt2(TinyTokenizers.byteLevelVocabulary(), 64, 24, 4, 3, 0);
  }

  /** A folder with config, weights and tokenizer. */
  public static void write(Path folder, long seed) {
    write(folder, seed, Dtype.F32);
  }

  /** A folder whose weights are stored in another type. */
  public static void write(Path folder, long seed, Dtype dtype) {
    writeConfig(folder, gpt2Config());
    TinyTokenizers.writeByteLevel(folder);
    Map<String, long[]> shapes = RandomModels.gpt2Shapes(config());
    writeWeights(folder.resolve("model.safetensors"), shapes, seed, dtype);
  }

  /** The {@code config.json} of the model. */
  static ObjectNode gpt2Config() {
    ModelConfig config = config();
    return JSON.createObjectNode()
        .put("model_type", "gpt2")
        .put("activation_function", "gelu_new")
        .put("layer_norm_epsilon", config.normEpsilon())
        .put("n_embd", config.width())
        .put("n_head", config.heads())
        .put("n_layer", config.layers())
        .put("n_positions", config.positions())
        .put("vocab_size", config.vocabulary())
        .put("eos_token_id", 0)
        .put("torch_dtype", "float32");
  }

  static void writeConfig(Path folder, ObjectNode config) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), config.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void writeWeights(Path file, Map<String, long[]> shapes, long seed, Dtype dtype) {
    Map<String, float[]> values = RandomModels.values(shapes, seed);
    List<TensorInfo> infos =
        shapes.entrySet().stream()
            .map(
                e ->
                    new TensorInfo(e.getKey(), dtype, LongStream.of(e.getValue()).boxed().toList()))
            .toList();
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, Map.of())) {
      values.forEach(
          (name, drawn) -> {
            if (dtype == Dtype.BF16) {
              writer.writeStored(name, List.of(upperHalves(drawn)));
            } else {
              writer.write(name, FloatBlocks.of(drawn));
            }
          });
      writer.commit();
    }
  }

  /** The values as bfloat16, cut off. */
  private static ByteBuffer upperHalves(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
    }
    return bytes.flip();
  }
}
