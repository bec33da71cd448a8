package dev.emend.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds and reads the tokenizer files of a model folder. */
final class TokenizerFiles {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";

  /** The library pads and truncates to 512 tokens unless told otherwise. */
  private static final Map<String, String> PLAIN =
      Map.of("padding", "false", "truncation", "false");

  private TokenizerFiles() {}

  static Tokenizer load(Path folder) {
    try {
      byte[] json = json(folder);
      TokenizerSections.check(folder, json);
      return new Tokenizer(parse(folder, json), UnknownToken.of(json));
    } catch (IOException e) {
      throw new Fault(
          FaultCode.FILE_NOT_FOUND, "the tokenizer in " + folder + " cannot be read", e);
    }
  }

  private static byte[] json(Path folder) throws IOException {
    Path tokenizer = folder.resolve(TOKENIZER);
    if (Files.isRegularFile(tokenizer)) {
      return Files.readAllBytes(tokenizer);
    }
    Path vocabulary = folder.resolve(VOCABULARY);
    Path merges = folder.resolve(MERGES);
    if (Files.isRegularFile(vocabulary) && Files.isRegularFile(merges)) {
      return ByteLevelBpe.json(vocabulary, merges);
    }
    throw new Fault(
        FaultCode.MODEL_INCOMPLETE,
        folder + " has no " + TOKENIZER + " and no " + VOCABULARY + " with " + MERGES);
  }

  private static HuggingFaceTokenizer parse(Path folder, byte[] json) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), PLAIN);
    } catch (RuntimeException e) {
      throw new Fault(
          FaultCode.JSON_INVALID,
          "the tokenizer in " + folder + " is not valid: " + e.getMessage(),
          e);
    }
  }
}
