package dev.emend.table;

import dev.emend.event.CanaryScores;
import dev.emend.event.DeltaKind;
import dev.emend.subscribe.LoggedVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The versions of a model, for a person and for a program. */
public final class VersionTable {
  private static final int SHOWN_DIGITS = 12;

  /** Versions that a line of scores shows: as many as fit a terminal. */
  private static final int SHOWN_SCORES = 60;

  private VersionTable() {}

  /** A row a version. */
  public static TextTable of(List<LoggedVersion> versions) {
    TextTable table =
        TextTable.withCellsUpTo(
            40, "version", "kind", "facts", "holds", "older", "seconds", "kB", "created", "digest");
    for (LoggedVersion logged : versions) {
      table.row(
          logged.number(),
          kind(logged),
          logged.version().facts().size(),
          shown(score(logged, CanaryScores::getEfficacy)),
          shown(score(logged, CanaryScores::getRetest)),
          String.format(Locale.ROOT, "%.2f", logged.seconds().getTotal()),
          logged.payloadBytes() / 1024,
          logged.version().createdAt(),
          digest(logged).substring(0, SHOWN_DIGITS));
    }
    return table;
  }

  private static String kind(LoggedVersion logged) {
    return logged.version().kind() == DeltaKind.ROLLBACK && logged.rolledBackTo().isPresent()
        ? "ROLLBACK to " + logged.rolledBackTo().getAsLong()
        : logged.version().kind().name();
  }

  private static String shown(Optional<Double> share) {
    return share.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-");
  }

  /** A line a score that was measured, with a column a version, the newest to the right. */
  public static List<String> scores(List<LoggedVersion> versions) {
    List<LoggedVersion> newest =
        versions.subList(Math.max(0, versions.size() - SHOWN_SCORES), versions.size());
    List<String> lines = new ArrayList<>();
    line("holds", newest, CanaryScores::getEfficacy).ifPresent(lines::add);
    line("paraphrases", newest, CanaryScores::getParaphrase).ifPresent(lines::add);
    line("neighbours", newest, CanaryScores::getLocality).ifPresent(lines::add);
    line("older facts", newest, CanaryScores::getRetest).ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> line(
      String name, List<LoggedVersion> versions, Function<CanaryScores, @Nullable Double> which) {
    List<Optional<Double>> shares = versions.stream().map(v -> score(v, which)).toList();
    return shares.stream()
        .flatMap(Optional::stream)
        .reduce((first, second) -> second)
        .map(last -> String.format(Locale.ROOT, "%-11s %s %.2f", name, Sparkline.of(shares), last));
  }

  private static Optional<Double> score(
      LoggedVersion logged, Function<CanaryScores, @Nullable Double> which) {
    return logged.version().canary().map(which);
  }

  /** One version as an entry of a report. */
  public static Map<String, Object> entry(LoggedVersion logged) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("version", logged.number());
    entry.put("kind", logged.version().kind());
    logged.rolledBackTo().ifPresent(to -> entry.put("rolled_back_to", to));
    entry.put("facts", logged.version().facts());
    entry.put("events", logged.version().events());
    if (!logged.undone().isEmpty()) {
      entry.put("undone_events", logged.undone());
    }
    score(logged, CanaryScores::getEfficacy).ifPresent(share -> entry.put("efficacy", share));
    score(logged, CanaryScores::getParaphrase).ifPresent(share -> entry.put("paraphrase", share));
    score(logged, CanaryScores::getLocality).ifPresent(share -> entry.put("locality", share));
    score(logged, CanaryScores::getRetest).ifPresent(share -> entry.put("retest", share));
    entry.put("seconds", logged.seconds().getTotal());
    entry.put("payload_bytes", logged.payloadBytes());
    entry.put("created_at", logged.version().createdAt().toString());
    entry.put("digest", digest(logged));
    return entry;
  }

  private static String digest(LoggedVersion logged) {
    return logged.version().version().digest().hex();
  }
}
