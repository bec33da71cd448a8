package dev.emend.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.weights.Dtype;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes trained weights as a Hugging Face folder in float16, beside the tokenizer's files. */
final class TrainedModelFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainedModelFolder() {}

  /** Writes configuration and weights; the weights last, by an atomic rename. */
  static void write(Path folder, ModelSize size, int vocabulary, TrainedWeights weights) {
    write(folder.resolve("config.json"), config(size, vocabulary));
    write(folder.resolve("generation_config.json"), generation(vocabulary));
    List<TensorInfo> infos =
        weights.names().stream()
            .map(name -> new TensorInfo(name, Dtype.F16, Checkpoint.shape(weights.get(name))))
            .toList();
    Path file = folder.resolve("model.safetensors");
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, infos, Map.of())) {
      weights.names().forEach(n -> writer.write(n, FloatBlocks.of(weights.get(n).toFloatArray())));
      writer.commit();
    }
  }

  private static ObjectNode config(ModelSize size, int vocabulary) {
    ObjectNode config = JSON.createObjectNode().put("model_type", "gpt2");
    config.putArray("architectures").add("GPT2LMHeadModel");
    config.put("vocab_size", vocabulary).put("n_positions", size.positions());
    config.put("n_embd", size.width()).put("n_layer", size.layers()).put("n_head", size.heads());
    config.put("n_inner", size.inner()).put("activation_function", "gelu_new");
    config.put("layer_norm_epsilon", 1e-5).put("initializer_range", 0.02);
    config.put("resid_pdrop", 0.0).put("embd_pdrop", 0.0).put("attn_pdrop", 0.0);
    config.put("scale_attn_weights", true).put("tie_word_embeddings", true);
    config.put("bos_token_id", vocabulary - 1).put("eos_token_id", vocabulary - 1);
    return config.put("torch_dtype", "float16");
  }

  private static ObjectNode generation(int vocabulary) {
    return JSON.createObjectNode()
        .put("bos_token_id", vocabulary - 1)
        .put("eos_token_id", vocabulary - 1);
  }

  private static void write(Path file, ObjectNode node) {
    try {
      Files.writeString(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file, e);
    }
  }
}
