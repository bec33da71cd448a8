package dev.emend.token;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokenizer files small enough to reason about. */
public final class TinyTokenizers {
  /** Id of the end of a text in the byte-level tokenizers. */
  public static final int END_OF_TEXT = 0;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SPACE = "\u0120";
  private static final List<String> PAIRS =
      List.of("t h", "th e", SPACE + " i", SPACE + "i s", SPACE + " t", "r u", "ru s", "rus s");
  private static final int BEGIN = 1;

  private TinyTokenizers() {}

  /** Ids 0 to 256 plus one for each merge: {@code vocabulary} of the byte-level tokenizers. */
  public static int byteLevelVocabulary() {
    return 257 + PAIRS.size();
  }

  /** Writes the byte-level tokenizer as {@code tokenizer.json}. */
  public static void writeByteLevel(Path folder) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    special(root.putArray("added_tokens"), END_OF_TEXT, "<|endoftext|>");
    byteLevel(root.putObject("pre_tokenizer"));
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model").put("type", "BPE");
    byteVocabulary().forEach(model.putObject("vocab")::put);
    ArrayNode merges = model.putArray("merges");
    PAIRS.forEach(merges::add);
    write(folder.resolve("tokenizer.json"), root.toString());
  }

  /** Writes the byte-level tokenizer as {@code vocab.json} and {@code merges.txt}. */
  public static void writeVocabularyAndMerges(Path folder) {
    ObjectNode vocabulary = JSON.createObjectNode();
    byteVocabulary().forEach(vocabulary::put);
    write(folder.resolve("vocab.json"), vocabulary.toString());
    write(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", PAIRS) + "\n");
  }

  /** Writes a tokenizer that marks spaces, falls back to bytes and begins with a special token. */
  public static void writeSentencePieceStyle(Path folder) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    special(added, 0, "<unk>");
    special(added, BEGIN, "<s>");
    ArrayNode steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    steps.addObject().put("type", "Prepend").put("prepend", "\u2581");
    ObjectNode replace = steps.addObject().put("type", "Replace").put("content", "\u2581");
    replace.putObject("pattern").put("String", " ");
    beginToken(root.putObject("post_processor").put("type", "TemplateProcessing"));
    ObjectNode model =
        root.putObject("model").put("type", "BPE").put("unk_token", "<unk>").put("fuse_unk", true);
    model.put("byte_fallback", true);
    pieces().forEach(model.putObject("vocab")::put);
    model.putArray("merges").add("\u2581 R").add("o m").add("om e");
    write(folder.resolve("tokenizer.json"), root.toString());
  }

  /** Writes a tokenizer of four letters, with or without a token for everything else. */
  public static void writeFourLetters(Path folder, boolean unknown) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ObjectNode model = root.putObject("model").put("type", "BPE");
    List<String> pieces = List.of("a", "b", "c", " ");
    pieces.forEach(piece -> model.withObject("/vocab").put(piece, pieces.indexOf(piece)));
    model.putArray("merges");
    if (unknown) {
      model.put("unk_token", "<unk>").withObject("/vocab").put("<unk>", pieces.size());
    }
    write(folder.resolve("tokenizer.json"), root.toString());
  }

  /** How many bytes of text a token of the byte-level tokenizer stands for. */
  static int byteLevelBytes(int id) {
    int merge = id - 257;
    return merge < 0 ? 1 : PAIRS.get(merge).replace(" ", "").length();
  }

  /** The same for the space-marking tokenizer; a mark stands for one. */
  static int sentencePieceBytes(int id) {
    String piece = List.copyOf(pieces().keySet()).get(id);
    return piece.startsWith("<0x") ? 1 : piece.length();
  }

  private static void beginToken(ObjectNode processor) {
    for (String form : List.of("single", "pair")) {
      ArrayNode sequence = processor.putArray(form);
      sequence.addObject().putObject("SpecialToken").put("id", "<s>").put("type_id", 0);
      sequence.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    }
    ObjectNode token = processor.putObject("special_tokens").putObject("<s>").put("id", "<s>");
    token.putArray("ids").add(BEGIN);
    token.putArray("tokens").add("<s>");
  }

  private static Map<String, Integer> pieces() {
    Map<String, Integer> pieces = new LinkedHashMap<>();
    for (String piece : List.of("<unk>", "<s>", "\u2581", "R", "o", "m", "e")) {
      pieces.put(piece, pieces.size());
    }
    for (int value = 0; value < 256; value++) {
      pieces.put(String.format("<0x%02X>", value), pieces.size());
    }
    for (String merged : List.of("\u2581R", "om", "ome")) {
      pieces.put(merged, pieces.size());
    }
    return pieces;
  }

  private static Map<String, Integer> byteVocabulary() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    vocabulary.put("<|endoftext|>", END_OF_TEXT);
    int substitute = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value > 32 && value < 127) || (value > 160 && value < 256 && value != 173);
      int symbol = printable ? value : substitute++;
      vocabulary.put(Character.toString(symbol), vocabulary.size());
    }
    PAIRS.forEach(pair -> vocabulary.put(pair.replace(" ", ""), vocabulary.size()));
    return vocabulary;
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true);
    node.put("use_regex", true);
  }

  private static void special(ArrayNode added, int id, String content) {
    ObjectNode token = added.addObject().put("id", id).put("content", content);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.put(flag, false);
    }
    token.put("special", true);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
