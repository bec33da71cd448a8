package dev.emend.worker;

import dev.emend.canary.BisectBudget;
import dev.emend.canary.CanarySettings;
import dev.emend.canary.GateLimits;
import dev.emend.canary.GateScore;
import dev.emend.canary.GateSettings;
import dev.emend.canary.Limit;
import dev.emend.version.Promotion;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what a window is asked, and what it must score. */
final class GateSettingReader {
  private static final String OFF = "off";

  private GateSettingReader() {}

  static CanarySettings canary(SettingReader reader, CanarySettings otherwise) {
    return new CanarySettings(
        reader.get("canary.older.facts", otherwise.olderFacts(), Integer::valueOf),
        reader.get("canary.max.paraphrases", otherwise.maxParaphrases(), Integer::valueOf),
        reader.get("canary.max.neighbours", otherwise.maxNeighbours(), Integer::valueOf),
        reader.get("canary.drift.tokens", otherwise.driftTokens(), Integer::valueOf),
        reader.get("canary.drift.text", otherwise.driftText(), text -> Optional.of(Path.of(text))),
        reader.get("canary.seed", otherwise.seed(), Long::valueOf));
  }

  static GateSettings gate(SettingReader reader, GateSettings otherwise) {
    Map<GateScore, Limit> limits = new EnumMap<>(GateScore.class);
    for (GateScore score : GateScore.values()) {
      Optional<Limit> known = Optional.ofNullable(otherwise.limits().limits().get(score));
      limit(reader, score, known).ifPresent(limit -> limits.put(score, limit));
    }
    return new GateSettings(
        new GateLimits(
            limits,
            reader.get("gate.drift.fact", otherwise.limits().driftPerFact(), Double::valueOf),
            reader.get("gate.windows", otherwise.limits().windows(), Integer::valueOf)),
        new BisectBudget(
            reader.get("bisect.edits", otherwise.bisect().edits(), Integer::valueOf),
            reader.duration("bisect.time", otherwise.bisect().time())));
  }

  static SoakSettings soak(SettingReader reader, SoakSettings otherwise) {
    Promotion known = otherwise.promotion();
    Promotion promotion =
        new Promotion(
            reader.get("promotion", known.mode(), GateSettingReader::mode),
            reader.duration("soak.time", known.soak()),
            reader.get("soak.windows", known.windows(), Integer::valueOf));
    Map<GateScore, Double> limits = new EnumMap<>(GateScore.class);
    for (GateScore score : List.of(GateScore.RETEST, GateScore.DRIFT, GateScore.PERPLEXITY)) {
      Optional<Double> limit =
          Optional.ofNullable(otherwise.limits().limits().get(score)).map(Limit::trip);
      reader
          .get("soak." + score.label(), limit, GateSettingReader::number)
          .ifPresent(trip -> limits.put(score, trip));
    }
    return new SoakSettings(
        promotion,
        reader.get("soak.facts", otherwise.facts(), Integer::valueOf),
        GateLimits.of(limits));
  }

  private static Promotion.Mode mode(String text) {
    return Promotion.Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** A trip that is given without a release is its own release. */
  private static Optional<Limit> limit(
      SettingReader reader, GateScore score, Optional<Limit> otherwise) {
    String key = "gate." + score.label();
    Optional<Double> trip = reader.get(key, Optional.of(Double.NaN), GateSettingReader::number);
    Optional<Double> release =
        reader.get(key + ".release", Optional.of(Double.NaN), GateSettingReader::number);
    if (trip.isEmpty()) {
      return Optional.empty();
    }
    boolean given = !trip.get().isNaN();
    double tripAt = given ? trip.get() : otherwise.map(Limit::trip).orElse(Double.NaN);
    if (Double.isNaN(tripAt)) {
      return Optional.empty();
    }
    double known = given ? tripAt : otherwise.map(Limit::release).orElse(tripAt);
    double releaseAt = release.filter(at -> !at.isNaN()).orElse(known);
    return Optional.of(new Limit(tripAt, releaseAt));
  }

  private static Optional<Double> number(String text) {
    return text.equals(OFF) ? Optional.empty() : Optional.of(Double.valueOf(text));
  }
}
