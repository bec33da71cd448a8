package dev.emend.admission;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Admission} as a JSON file: {@code relations}, {@code sources} by name, {@code others},
 * each of which may be missing. Where sources are listed and others are not, nobody else may say
 * anything. A name that we do not know is refused: a rule that is misspelt protects nobody.
 */
public final class AdmissionFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private AdmissionFile() {}

  /**
   * Reads the rules.
   *
   * @throws Fault FILE_NOT_FOUND or JSON_INVALID
   */
  public static Admission read(Path file) {
    try {
      Rules rules = JSON.readValue(Files.readAllBytes(file), Rules.class);
      if (rules == null) {
        throw new IllegalArgumentException("it is null");
      }
      return rules.admission();
    } catch (JsonProcessingException e) {
      throw unusable(file, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "cannot read who may say what from " + file, e);
    }
  }

  private static Fault unusable(Path file, String why, Exception cause) {
    String line = why.lines().findFirst().orElse("");
    return new Fault(
        FaultCode.JSON_INVALID, file + " does not say who may say what: " + line, cause);
  }

  private record Rules(
      @JsonProperty("relations") @Nullable Set<String> relations,
      @JsonProperty("sources") @Nullable Map<String, @Nullable Source> sources,
      @JsonProperty("others") @Nullable Source others) {

    Admission admission() {
      Map<String, SourceRule> bySource = new HashMap<>();
      if (sources != null) {
        sources.forEach((name, rule) -> bySource.put(name, Source.rule(name, rule)));
      }
      Optional<SourceRule> rest =
          others == null && sources == null
              ? Optional.of(SourceRule.ANYTHING)
              : Optional.ofNullable(others).map(rule -> Source.rule("others", rule));
      return new Admission(names(relations), bySource, rest);
    }
  }

  private record Source(
      @JsonProperty("relations") @Nullable Set<String> relations,
      @JsonProperty("facts_per_minute") @Nullable Integer factsPerMinute) {

    static SourceRule rule(String name, @Nullable Source said) {
      if (said == null) {
        throw new IllegalArgumentException("'" + name + "' is null; {} lets it say anything");
      }
      return new SourceRule(
          names(said.relations),
          said.factsPerMinute == null ? OptionalInt.empty() : OptionalInt.of(said.factsPerMinute));
    }
  }

  private static Optional<Set<String>> names(@Nullable Set<String> names) {
    if (names != null && names.contains(null)) {
      throw new IllegalArgumentException("a relation is null");
    }
    return Optional.ofNullable(names);
  }
}
