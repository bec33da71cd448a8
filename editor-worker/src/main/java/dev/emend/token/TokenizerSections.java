package dev.emend.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outline of a {@code tokenizer.json}, checked before the native library reads it: a section
 * that is no object with a type aborts the whole process there instead of failing. Stateless.
 */
final class TokenizerSections {
  private static final List<String> SECTIONS =
      List.of("normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
  private static final List<String> PARTS =
      List.of("normalizers", "pretokenizers", "processors", "decoders");

  /** The library gives up at 128. */
  private static final int DEEPEST = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TokenizerSections() {}

  /**
   * Checks the outline.
   *
   * @throws Fault JSON_INVALID if it is none
   */
  static void check(Path folder, byte[] json) {
    JsonNode root = parse(folder, json);
    require(root.isObject() && root.path("model").isObject(), folder, "it has no model");
    SECTIONS.forEach(section -> section(folder, section, root.path(section)));
    plain(folder, root);
  }

  private static JsonNode parse(Path folder, byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw invalid(folder, "it is not JSON: " + e.getMessage(), e);
    }
  }

  private static void section(Path folder, String name, JsonNode section) {
    if (section.isMissingNode() || section.isNull()) {
      return;
    }
    require(section.isObject(), folder, name + " is no object");
    require(
        name.equals("model") || section.path("type").isTextual(), folder, name + " has no type");
    for (String part : PARTS) {
      JsonNode parts = section.path(part);
      require(parts.isMissingNode() || parts.isArray(), folder, part + " is no list");
      parts.forEach(one -> section(folder, "a part of " + name, one));
    }
  }

  /** What JSON allows and the library does not: half a surrogate, a number beyond a double. */
  private static void plain(Path folder, JsonNode node) {
    require(
        StandardCharsets.UTF_8.newEncoder().canEncode(node.asText()), folder, "half a character");
    require(!node.isNumber() || Double.isFinite(node.asDouble()), folder, "a number is too large");
    node.properties()
        .forEach(
            entry -> {
              boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(entry.getKey());
              require(whole, folder, "half a character");
            });
    node.forEach(child -> plain(folder, child));
  }

  private static void require(boolean condition, Path folder, String why) {
    if (!condition) {
      throw invalid(folder, why, null);
    }
  }

  private static Fault invalid(Path folder, String why, @Nullable Throwable cause) {
    return new Fault(
        FaultCode.JSON_INVALID, "the tokenizer in " + folder + " is not valid: " + why, cause);
  }
}
