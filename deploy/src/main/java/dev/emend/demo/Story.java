package dev.emend.demo;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.table.TextTable;
import dev.emend.table.VersionTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells a person what happens, line by line. */
public final class Story {
  private static final int WIDEST = 48;
  private static final int ROWS = 20;

  private final Consumer<String> line;

  /** Tells it to {@code line}, which gets one line after another. */
  public Story(Consumer<String> line) {
    this.line = line;
  }

  void begins(Path base, int events) {
    tell("The model in %s is about to learn from %d events.", base, events);
    tell("Starting a broker, a schema registry, the stream app and a worker ...");
  }

  void running(DemoStage stage) {
    tell("Broker %s, registry %s.", stage.stack().bootstrapServers(), stage.stack().registryUrl());
    tell("A subscriber starts from the base model and follows the versions.");
  }

  void published(List<FactChange> wave) {
    tell("Published %d events; waiting for what becomes of each ...", wave.size());
  }

  void ends(DemoResult result) {
    blank();
    answers(result);
    blank();
    outcomes(result);
    blank();
    VersionTable.of(result.versions()).lines().forEach(line);
    blank();
    figures(result);
  }

  private void answers(DemoResult result) {
    TextTable table = TextTable.withCellsUpTo(WIDEST, "prompt", "before", "after", "");
    for (Question question : result.standing().stream().limit(ROWS).toList()) {
      Reply after = result.after().reply(question);
      table.row(
          question.prompt(),
          result.before().reply(question).text(),
          after.text(),
          after.top() ? "learned" : "not learned");
    }
    table.lines().forEach(line);
    if (result.standing().size() > ROWS) {
      tell("... and %d more.", result.standing().size() - ROWS);
    }
  }

  private void outcomes(DemoResult result) {
    result.outcomes().counts().forEach((code, count) -> tell("%-10s %3d", code, count));
    for (FactOutcome retracted : result.outcomes().with(OutcomeCode.RETRACTED)) {
      tell("  %s: %s", retracted.getEventId(), retracted.getFactId());
    }
    for (FactOutcome rejected : result.outcomes().with(OutcomeCode.REJECTED)) {
      tell("  %s: %s", rejected.getEventId(), rejected.getReason());
    }
  }

  private void figures(DemoResult result) {
    tell(
        "%d of %d changed facts are the subscriber's top answer; %d of %d untouched ones changed.",
        result.learned(), result.standing().size(), result.disturbed(), result.probes().size());
    tell(
        "From publish to served: half within %.2f s, 99 %% within %.2f s.",
        result.latencies().seconds(0.5), result.latencies().seconds(0.99));
    tell(
        result.digestEqual()
            ? "The subscriber's weights are the worker's, bit for bit (%s)."
            : "THE SUBSCRIBER'S WEIGHTS DIFFER FROM THE WORKER'S (%s).",
        digest(result.versions()));
    tell("%s after %.1f s.", result.holds() ? "All as promised" : "FAILED", result.seconds());
  }

  private static String digest(List<LoggedVersion> versions) {
    return versions.isEmpty()
        ? "no version"
        : versions.get(versions.size() - 1).version().version().digest().hex();
  }

  private void blank() {
    line.accept("");
  }

  // Templates are constants of this class.
  @SuppressWarnings("AnnotateFormatMethod")
  private void tell(String template, Object... values) {
    line.accept(String.format(Locale.ROOT, template, values));
  }
}
