package dev.emend.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads paraphrase patterns of Wikidata properties as ParaRel (Elazar et al. 2021) publishes them:
 * {@code patterns_P19.jsonl}, each line an object whose {@code pattern} has {@code [X]} for the
 * subject and {@code [Y]} for the object. Patterns that say something behind the object, or name it
 * before the subject, cannot be asked and are passed over.
 */
public final class PublicPatterns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT_LAST = Pattern.compile("(.*\\S)\\s\\[Y]\\s*[.,]?\\s*");
  private static final String[] RELATION_COLUMNS = {
    "relation", "property", "description", "count", "objects", "majority_share"
  };

  private PublicPatterns() {}

  /**
   * The patterns as wordings by relation.
   *
   * @param folder where the files {@code patterns_P*.jsonl} lie
   * @param relations table of relations; its property column says which files are theirs
   */
  public static Map<String, List<String>> read(Path folder, Path relations) {
    Map<String, List<String>> wordings = new TreeMap<>();
    for (TabSeparated.Row row : TabSeparated.read(relations, RELATION_COLUMNS)) {
      List<String> found = new ArrayList<>();
      for (String property : row.cell(1).split("/")) {
        Path file = folder.resolve("patterns_" + property + ".jsonl");
        if (Files.exists(file)) {
          lines(file).forEach(line -> wording(file, line).ifPresent(found::add));
        }
      }
      wordings.put(row.cell(0), found);
    }
    if (wordings.values().stream().allMatch(List::isEmpty)) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "no file patterns_P*.jsonl of use in " + folder);
    }
    return wordings;
  }

  private static Optional<String> wording(Path file, String line) {
    var match = OBJECT_LAST.matcher(pattern(file, line));
    if (!match.matches()) {
      return Optional.empty();
    }
    String before = match.group(1);
    boolean asks = before.split("\\[X]", -1).length == 2 && !before.contains("[Y]");
    return asks ? Optional.of(before.replace("[X]", "{}")) : Optional.empty();
  }

  private static String pattern(Path file, String line) {
    try {
      JsonNode pattern = JSON.readTree(line).path("pattern");
      if (pattern.isTextual()) {
        return pattern.asText();
      }
    } catch (JsonProcessingException e) {
      throw new Fault(FaultCode.FACT_INVALID, file + " has a line that is no JSON", e);
    }
    throw new Fault(FaultCode.FACT_INVALID, file + " has a line without a pattern");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read " + file + " as UTF-8 text", e);
    }
  }
}
