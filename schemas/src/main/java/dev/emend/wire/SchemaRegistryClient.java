package dev.emend.wire;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A schema registry behind Confluent's REST interface, as Confluent, Redpanda, Karapace and
 * Apicurio ({@code /apis/ccompat/v7}) serve it. What cannot change (id to schema, subject and
 * schema to id) is kept in memory as long as this object lives. Thread-safe.
 *
 * <p>Every method throws {@link Fault}: {@link FaultCode#REGISTRY_UNAVAILABLE} if no address
 * answers (may be tried again), {@link FaultCode#REGISTRY_REFUSED} if the registry says no.
 */
public final class SchemaRegistryClient {
  private final RegistryHttp http;
  private final SchemaParsing parsing;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<UUID, Schema> byGuid = new ConcurrentHashMap<>();
  private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();

  /** A client; no request is made yet. */
  public SchemaRegistryClient(RegistrySettings settings) {
    this.http = new RegistryHttp(settings);
    this.parsing = new SchemaParsing(http);
  }

  /** A client for a Kafka client configuration, see {@link WireConfig}. */
  public static SchemaRegistryClient from(Map<String, ?> config) {
    return new SchemaRegistryClient(RegistrySettings.from(config));
  }

  /** Registers the schema under the subject, if it is not there yet, and returns its id. */
  public int register(String subject, Schema schema) {
    return idOf(subject, schema, "register a schema for " + subject, "/versions");
  }

  /** The id of a schema that must already be registered under the subject. */
  public int lookUp(String subject, Schema schema) {
    return idOf(subject, schema, "find our schema in " + subject, "");
  }

  private int idOf(String subject, Schema schema, String what, String suffix) {
    SubjectSchema key = new SubjectSchema(subject, schema);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    Map<String, String> body = Map.of("schema", schema.toString());
    int id = http.send("POST", subjectPath(subject) + suffix, body).number(what, "id");
    ids.put(key, id);
    byId.putIfAbsent(id, schema);
    return id;
  }

  /** The schema with this id. */
  public Schema byId(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    String what = "give the schema with id " + id;
    Schema schema = parsing.parse(http.send("GET", "/schemas/ids/" + id, null), what);
    byId.put(id, schema);
    return schema;
  }

  /** The schema with this GUID; only newer registries can tell. */
  public Schema byGuid(UUID guid) {
    Schema known = byGuid.get(guid);
    if (known != null) {
      return known;
    }
    String what = "give the schema with GUID " + guid + " (older registries know no GUIDs)";
    Schema schema = parsing.parse(http.send("GET", "/schemas/guids/" + guid, null), what);
    byGuid.put(guid, schema);
    return schema;
  }

  /** The newest schema of a subject; empty if there is no such subject. Always asks anew. */
  public Optional<RegisteredSchema> latest(String subject) {
    RegistryAnswer answer = http.send("GET", subjectPath(subject) + "/versions/latest", null);
    if (answer.isNotFound()) {
      return Optional.empty();
    }
    String what = "give the newest schema of " + subject;
    Schema schema = parsing.parse(answer, what);
    int id = answer.number(what, "id");
    byId.putIfAbsent(id, schema);
    return Optional.of(new RegisteredSchema(subject, answer.number(what, "version"), id, schema));
  }

  /** Sets the level for all subjects that have none of their own. */
  public void setCompatibility(Compatibility level) {
    setCompatibility("/config", level, "set the compatibility of all subjects to " + level);
  }

  /** Sets the level of one subject, which need not exist yet. */
  public void setCompatibility(String subject, Compatibility level) {
    String what = "set the compatibility of " + subject + " to " + level;
    setCompatibility("/config/" + encode(subject), level, what);
  }

  private void setCompatibility(String path, Compatibility level, String what) {
    http.send("PUT", path, Map.of("compatibility", level.name())).orRefuse(what);
  }

  private static String subjectPath(String subject) {
    return "/subjects/" + encode(subject);
  }

  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record SubjectSchema(String subject, Schema schema) {}
}
