package dev.emend.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Path;

/** Small JSON files of a model folder. */
final class JsonFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonFile() {}

  static ObjectNode readObject(Path file) {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw new Fault(FaultCode.JSON_INVALID, file + " is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new Fault(FaultCode.JSON_INVALID, file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static void write(Path file, ObjectNode root) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }
}
