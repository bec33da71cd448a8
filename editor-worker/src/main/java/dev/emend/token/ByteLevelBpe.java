package dev.emend.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The older pair of files of a byte-level BPE tokenizer, brought into the form of the newer one.
 */
final class ByteLevelBpe {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String END_OF_TEXT = "<|endoftext|>";

  private ByteLevelBpe() {}

  /** A {@code tokenizer.json} with the content of {@code vocab.json} and {@code merges.txt}. */
  static byte[] json(Path vocabulary, Path merges) throws IOException {
    JsonNode vocab = read(vocabulary);
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    if (vocab.has(END_OF_TEXT)) {
      added.add(endOfText(vocab.get(END_OF_TEXT).asInt()));
    }
    byteLevel(root.putObject("pre_tokenizer"));
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model").put("type", "BPE").put("fuse_unk", false);
    model.set("vocab", vocab);
    pairs(merges, model.putArray("merges"));
    return JSON.writeValueAsBytes(root);
  }

  private static JsonNode read(Path vocabulary) throws IOException {
    try {
      JsonNode vocab = JSON.readTree(Files.readAllBytes(vocabulary));
      if (vocab.isObject()) {
        return vocab;
      }
    } catch (JsonProcessingException e) {
      throw new Fault(
          FaultCode.JSON_INVALID, vocabulary + " is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new Fault(FaultCode.JSON_INVALID, vocabulary + " is not a JSON object");
  }

  private static ObjectNode endOfText(int id) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("content", END_OF_TEXT)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static void pairs(Path merges, ArrayNode pairs) throws IOException {
    for (String line : Files.readAllLines(merges, StandardCharsets.UTF_8)) {
      if (line.isBlank() || line.startsWith("#version")) {
        continue;
      }
      String[] pair = line.split(" ", -1);
      if (pair.length != 2) {
        throw new Fault(FaultCode.JSON_INVALID, merges + " has a line that is no pair: " + line);
      }
      pairs.addArray().add(pair[0]).add(pair[1]);
    }
  }
}
