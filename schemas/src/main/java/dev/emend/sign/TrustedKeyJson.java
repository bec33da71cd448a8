package dev.emend.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One key of a trust file. A field that is not known is refused: a misspelt limit would be none.
 */
final class TrustedKeyJson {
  private static final String ID = "id";
  private static final String PUBLIC_KEY = "public_key";
  private static final String USES = "uses";
  private static final String MODELS = "models";
  private static final String FROM_VERSION = "from_version";
  private static final String TO_VERSION = "to_version";
  private static final String FROM = "from";
  private static final String UNTIL = "until";
  private static final String NOTE = "note";
  private static final Set<String> FIELDS =
      Set.of(ID, PUBLIC_KEY, USES, MODELS, FROM_VERSION, TO_VERSION, FROM, UNTIL, NOTE);

  private TrustedKeyJson() {}

  static void requireKnown(JsonNode object, Set<String> known) {
    if (!object.isObject()) {
      throw new IllegalArgumentException(
          "a JSON object is wanted, with the fields " + sorted(known));
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException(
                    "the field '" + name + "' is not one of " + sorted(known));
              }
            });
  }

  private static Set<String> sorted(Set<String> names) {
    return new TreeSet<>(names);
  }

  static TrustedKey read(JsonNode json) {
    requireKnown(json, FIELDS);
    PublicKey key = Ed25519.publicKey(Base64.getDecoder().decode(json.path(PUBLIC_KEY).asText()));
    String id = Ed25519.id(key);
    if (json.has(ID) && !json.path(ID).asText().equals(id)) {
      throw new IllegalArgumentException(
          "the public key of '" + json.path(ID).asText() + "' has the id " + id);
    }
    return new TrustedKey(
        key,
        uses(json),
        texts(json, MODELS),
        json.has(FROM_VERSION) ? version(json.path(FROM_VERSION), FROM_VERSION) : 0,
        json.has(TO_VERSION) ? version(json.path(TO_VERSION), TO_VERSION) : Long.MAX_VALUE,
        instant(json, FROM),
        instant(json, UNTIL),
        json.path(NOTE).asText());
  }

  private static Set<KeyUse> uses(JsonNode json) {
    EnumSet<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
    texts(json, USES).forEach(use -> uses.add(KeyUse.valueOf(use.toUpperCase(Locale.ROOT))));
    return json.has(USES) ? uses : EnumSet.allOf(KeyUse.class);
  }

  private static Set<String> texts(JsonNode json, String field) {
    Set<String> texts = new TreeSet<>();
    if (json.has(field) && json.path(field).isEmpty()) {
      throw new IllegalArgumentException("'" + field + "' is a list of at least one");
    }
    json.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  static long version(JsonNode value, String field) {
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("'" + field + "' is the number of a version");
    }
    return value.asLong();
  }

  private static Optional<Instant> instant(JsonNode json, String field) {
    if (!json.has(field)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(json.path(field).asText()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + field + "' is an instant such as 2026-11-23T00:00:00Z", e);
    }
  }

  static ObjectNode write(TrustedKey key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(ID, key.id());
    json.put(PUBLIC_KEY, Base64.getEncoder().encodeToString(key.key().getEncoded()));
    if (key.uses().size() < KeyUse.values().length) {
      key.uses().forEach(use -> json.withArray(USES).add(use.name().toLowerCase(Locale.ROOT)));
    }
    key.models().forEach(model -> json.withArray(MODELS).add(model));
    if (key.fromVersion() > 0) {
      json.put(FROM_VERSION, key.fromVersion());
    }
    if (key.toVersion() < Long.MAX_VALUE) {
      json.put(TO_VERSION, key.toVersion());
    }
    key.from().ifPresent(at -> json.put(FROM, at.toString()));
    key.until().ifPresent(at -> json.put(UNTIL, at.toString()));
    if (!key.note().isEmpty()) {
      json.put(NOTE, key.note());
    }
    return json;
  }
}
