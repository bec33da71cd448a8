package dev.emend.sign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The JSON form of {@link Trust}. */
final class TrustFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEYS = "keys";
  private static final String UNSIGNED = "unsigned";

  private TrustFile() {}

  static Trust read(Path file) {
    try {
      return parse(JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw invalid(file, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new Fault(
          FaultCode.FILE_NOT_FOUND,
          "cannot read the trust file " + file + "; 'emend keys new --trust' makes one",
          e);
    } catch (IllegalArgumentException e) {
      throw invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static Fault invalid(Path file, String reason, Exception cause) {
    return new Fault(
        FaultCode.JSON_INVALID, "the trust file " + file + " is not usable: " + reason, cause);
  }

  private static Trust parse(JsonNode root) {
    TrustedKeyJson.requireKnown(root, Set.of(KEYS, UNSIGNED));
    List<TrustedKey> keys = new ArrayList<>();
    root.path(KEYS).forEach(key -> keys.add(TrustedKeyJson.read(key)));
    Map<String, Long> unsigned = new TreeMap<>();
    for (Map.Entry<String, JsonNode> model : root.path(UNSIGNED).properties()) {
      unsigned.put(model.getKey(), TrustedKeyJson.version(model.getValue(), UNSIGNED));
    }
    return new Trust(keys, unsigned);
  }

  static void write(Trust trust, Path file) {
    ObjectNode root = JSON.createObjectNode();
    trust.keys().forEach(key -> root.withArray(KEYS).add(TrustedKeyJson.write(key)));
    trust
        .unsigned()
        .forEach((model, version) -> root.withObject("/" + UNSIGNED).put(model, version));
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write the trust file " + file, e);
    }
  }
}
