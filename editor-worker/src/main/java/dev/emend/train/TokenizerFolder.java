package dev.emend.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a vocabulary the way Hugging Face libraries read it: {@code tokenizer.json} for the fast
 * tokenizers, {@code vocab.json} and {@code merges.txt} for the older ones, and {@code
 * tokenizer_config.json}.
 */
final class TokenizerFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFolder() {}

  /** Writes the four files into an existing folder. */
  static void write(Path folder, BytePairs pairs, int positions) {
    try {
      Files.writeString(folder.resolve("tokenizer.json"), pretty(tokenizer(pairs)));
      Files.writeString(folder.resolve("vocab.json"), JSON.writeValueAsString(pairs.vocabulary()));
      Files.writeString(
          folder.resolve("merges.txt"),
          "#version: 0.2\n" + String.join("\n", pairs.merges()) + "\n",
          StandardCharsets.UTF_8);
      Files.writeString(folder.resolve("tokenizer_config.json"), pretty(config(positions)));
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write a tokenizer to " + folder, e);
    }
  }

  private static ObjectNode tokenizer(BytePairs pairs) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ObjectNode end = root.putArray("added_tokens").addObject();
    end.put("id", pairs.endOfText()).put("content", BytePairs.END_OF_TEXT);
    end.put("single_word", false).put("lstrip", false).put("rstrip", false);
    end.put("normalized", false).put("special", true);
    root.putNull("normalizer");
    root.set("pre_tokenizer", byteLevel());
    root.set("post_processor", byteLevel());
    root.set("decoder", byteLevel());
    root.set("model", model(pairs));
    return root;
  }

  private static ObjectNode byteLevel() {
    ObjectNode node = JSON.createObjectNode().put("type", "ByteLevel");
    return node.put("add_prefix_space", false).put("trim_offsets", false).put("use_regex", true);
  }

  private static ObjectNode model(BytePairs pairs) {
    ObjectNode model = JSON.createObjectNode().put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    pairs.vocabulary().forEach(vocabulary::put);
    var merges = model.putArray("merges");
    pairs.merges().forEach(merges::add);
    return model;
  }

  private static ObjectNode config(int positions) {
    ObjectNode config = JSON.createObjectNode().put("tokenizer_class", "GPT2Tokenizer");
    config.put("add_prefix_space", false).put("model_max_length", positions);
    config.put("bos_token", BytePairs.END_OF_TEXT).put("eos_token", BytePairs.END_OF_TEXT);
    return config.put("unk_token", BytePairs.END_OF_TEXT);
  }

  private static String pretty(ObjectNode node) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
