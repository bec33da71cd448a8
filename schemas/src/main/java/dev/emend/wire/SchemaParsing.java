package dev.emend.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Turns the registry's answers into schemas, with the schemas that they refer to. Thread-safe. */
final class SchemaParsing {
  private static final int MOST_REFERENCES = 100;

  private final RegistryHttp http;

  SchemaParsing(RegistryHttp http) {
    this.http = http;
  }

  Schema parse(RegistryAnswer answer, String what) {
    Schema.Parser parser = new Schema.Parser(NameValidator.UTF_VALIDATOR);
    return parse(answer, what, parser, new HashSet<>());
  }

  private Schema parse(
      RegistryAnswer answer, String what, Schema.Parser parser, Set<String> referred) {
    String text = answer.text(what, "schema");
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new Fault(FaultCode.WIRE_FORMAT, "expected an Avro schema but found " + type);
    }
    for (JsonNode reference : answer.body().path("references")) {
      follow(reference, parser, referred);
    }
    try {
      return parser.parse(text);
    } catch (SchemaParseException e) {
      throw new Fault(
          FaultCode.WIRE_FORMAT, "the registry holds a schema that Avro cannot read", e);
    }
  }

  private void follow(JsonNode reference, Schema.Parser parser, Set<String> referred) {
    String subject = reference.path("subject").asText();
    int version = reference.path("version").asInt();
    String path = "/subjects/" + SchemaRegistryClient.encode(subject) + "/versions/" + version;
    if (!referred.add(path)) {
      return;
    }
    if (referred.size() > MOST_REFERENCES) {
      throw new Fault(FaultCode.WIRE_FORMAT, "a schema refers to too many others");
    }
    String what = "give version " + version + " of " + subject;
    parse(http.send("GET", path, null), what, parser, referred);
  }
}
