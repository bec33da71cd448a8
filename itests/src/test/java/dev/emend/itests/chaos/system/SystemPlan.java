package dev.emend.itests.chaos.system;

import dev.emend.canary.GateScore;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param disk how much longer each write takes
 */
public record SystemPlan(
    Path folder,
    Path base,
    List<String> models,
    int workers,
    boolean transactions,
    long seed,
    double doom,
    Duration disk) {
  /** Copies the names. */
  public SystemPlan {
    models = List.copyOf(models);
  }

  /** Where the subscriber of this name keeps its folders. */
  public Path kept(String name) {
    return folder.resolve("kept-" + name);
  }

  /** Where the processes write what they do. */
  public Path logs() {
    return folder.resolve("logs");
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
    Map<String, String> settings = new HashMap<>();
    settings.put("emend.stream.state.dir", folder.resolve("streams").toString());
    settings.put("emend.stream.state.cache", "16MB");
    settings.put("emend.stream.state.write.buffers", "8MB");
    settings.put("emend.window.min.efficacy", "0");
    settings.put("emend.window.min.locality", "0");
    settings.put("emend.consolidation.fall", "1");
    settings.put("emend.consolidation.quiet", "1h");
    settings.put("emend.consolidation.fewest.windows", "3");
    settings.put("emend.consolidation.most.windows", "6"); // many, so that some are cut off
    settings.put("session.timeout.ms", "10000");
    settings.put("heartbeat.interval.ms", "1000");
    return settings;
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
