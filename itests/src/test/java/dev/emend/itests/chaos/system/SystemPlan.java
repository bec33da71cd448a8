package dev.emend.itests.chaos.system;

import dev.emend.canary.GateScore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to run.
 *
 * @param folder everything that the processes keep, and their logs
 * @param base the base model, the same for all models
 * @param models their names
 * @param workers worker processes; those after the first are standbys
 * @param transactions false to let the workers write without
 * @param seed of the commits that are not survived
 * @param doom share of the workers' commits that are not survived
 */
public record SystemPlan(
    Path folder,
    Path base,
    List<String> models,
    int workers,
    boolean transactions,
    long seed,
    double doom) {
  /** Copies the names. */
  public SystemPlan {
    models = List.copyOf(models);
  }

  /** Where the subscriber of this name keeps its folders. */
  public Path kept(String name) {
    return folder.resolve("kept-" + name);
  }

  Map<String, String> broker(int port) {
    return Map.of("data", folder.resolve("broker").toString(), "port", Integer.toString(port));
  }

  Map<String, String> stream() {
    return Map.of();
  }

  /**
   * A tiny random model knows nothing and learns nothing: windows must not shrink because of it.
   */
  Map<String, String> streamSettings() {
    return Map.of(
        "emend.stream.state.dir", folder.resolve("streams").toString(),
        "emend.stream.state.cache", "16MB",
        "emend.stream.state.write.buffers", "8MB",
        "emend.window.min.efficacy", "0",
        "emend.window.min.locality", "0",
        "emend.consolidation.fall", "1",
        "emend.consolidation.quiet", "1h",
        "session.timeout.ms", "10000",
        "heartbeat.interval.ms", "1000");
  }

  Map<String, String> worker(String name) {
    Map<String, String> settings = new HashMap<>(common(name));
    settings.put("member", name);
    settings.put("doom.seed", Long.toString(seed));
    settings.put("doom.share", Double.toString(doom));
    settings.put("transactions", Boolean.toString(transactions));
    settings.put("worker.canary.older.facts", "2");
    settings.put("worker.retry.pause", "200ms");
    settings.put("worker.canary.drift.tokens", "0");
    for (GateScore score : List.of(GateScore.RETEST, GateScore.DRIFT, GateScore.PERPLEXITY)) {
      settings.put("worker.soak." + score.label(), "off");
    }
    for (GateScore score : GateScore.values()) {
      settings.put("worker.gate." + score.label(), "off");
    }
    return settings;
  }

  Map<String, String> subscriber(String name) {
    return common(name);
  }

  private Map<String, String> common(String name) {
    return Map.of(
        "models", String.join(",", models),
        "base", base.toString(),
        "kept", kept(name).toString());
  }
}
