package dev.emend.itests.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.event.DeltaKind;
import dev.emend.itests.chaos.system.RoleKind;
import dev.emend.itests.chaos.system.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of a run, as JSON and as a table. */
final class ChaosReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChaosReport() {}

  /** Writes both beside each other: {@code NAME.json} and {@code NAME.txt}. */
  static void write(ChaosResult result, Path folder, String name) throws IOException {
    write(result, folder, name, JSON.createObjectNode());
  }

  /** As the other, with what else was measured. */
  static void write(ChaosResult result, Path folder, String name, ObjectNode measured)
      throws IOException {
    Files.createDirectories(folder);
    ObjectNode json = json(result);
    json.setAll(measured);
    Files.writeString(folder.resolve(name + ".json"), json.toPrettyString() + "\n");
    Files.writeString(folder.resolve(name + ".txt"), table(json));
  }

  private static ObjectNode json(ChaosResult result) {
    ObjectNode json = JSON.createObjectNode();
    json.set("settings", settings(result.settings()));
    List<Long> latencies = result.latencies();
    json.put("versions", result.versions().size());
    json.put("consolidations", result.versions(DeltaKind.CONSOLIDATION));
    json.put("writers_fenced", result.lost().fenced());
    json.put("places_lost_in_silence", result.lost().silent());
    json.put("applied", latencies.size());
    json.put("publish_to_version_p50_ms", share(latencies, 0.5));
    json.put("publish_to_version_p99_ms", share(latencies, 0.99));
    json.put("publish_to_version_max_ms", share(latencies, 1));
    json.put("sent_again", result.repeats());
    var missed = json.putArray("deeds_missed");
    result.missed().forEach(deed -> missed.add(deed.toString()));
    ObjectNode times = json.putObject("seconds");
    times.put("start", result.times().start());
    times.put("publish", result.times().feed());
    times.put("settle", result.times().settle());
    times.put("check", result.times().check());
    recoveries(result, json.putObject("recovery"));
    Map<String, Long> outcomes =
        result.log().outcomes().stream()
            .collect(
                Collectors.groupingBy(
                    o -> o.getCode().name(), TreeMap::new, Collectors.counting()));
    outcomes.forEach(json.putObject("outcomes")::put);
    var findings = json.putArray("findings");
    result.findings().forEach(finding -> findings.add(finding.toString()));
    return json;
  }

  private static ObjectNode settings(ChaosSettings settings) {
    ChaosTrouble trouble = settings.trouble();
    return JSON.createObjectNode()
        .put("seed", settings.seed())
        .put("events", settings.events())
        .put("rate", settings.rate())
        .put("models", settings.models())
        .put("workers", settings.workers())
        .put("kills", trouble.kills())
        .put("pauses", trouble.pauses())
        .put("outages", trouble.outages())
        .put("outage_s", trouble.outage().toSeconds())
        .put("doom", trouble.doom())
        .put("disk_ms", trouble.disk().toMillis())
        .put("transactions", settings.transactions());
  }

  private static void recoveries(ChaosResult result, ObjectNode json) {
    for (RoleKind kind : RoleKind.values()) {
      List<Slot> slots = result.slots().stream().filter(s -> s.kind() == kind).toList();
      List<Long> times =
          slots.stream()
              .flatMap(slot -> slot.recoveries().stream())
              .map(Slot.Recovery::time)
              .map(Duration::toMillis)
              .sorted()
              .toList();
      ObjectNode role = json.putObject(kind.label());
      role.put("restarts", times.size());
      role.put("p50_ms", share(times, 0.5));
      role.put("max_ms", share(times, 1));
      var exits = role.putArray("own_exits");
      slots.forEach(slot -> slot.exits().forEach(exits::add));
    }
  }

  /** The value that a share of the values does not exceed; 0 if there are none. */
  static long share(List<Long> ascending, double share) {
    if (ascending.isEmpty()) {
      return 0;
    }
    int index = (int) Math.ceil(share * ascending.size()) - 1;
    return ascending.get(Math.max(0, index));
  }

  private static String table(ObjectNode json) {
    StringBuilder text =
        new StringBuilder(
            "%-12s %8s %8s %8s  %s%n".formatted("role", "restarts", "p50 s", "max s", "own exits"));
    json.path("recovery")
        .properties()
        .forEach(
            role ->
                text.append(
                    "%-12s %8d %8.1f %8.1f  %s%n"
                        .formatted(
                            role.getKey(),
                            role.getValue().path("restarts").asInt(),
                            role.getValue().path("p50_ms").asLong() / 1000.0,
                            role.getValue().path("max_ms").asLong() / 1000.0,
                            role.getValue().path("own_exits"))));
    text.append(
        "publish to version: p50 %d ms, p99 %d ms, max %d ms%n"
            .formatted(
                json.path("publish_to_version_p50_ms").asLong(),
                json.path("publish_to_version_p99_ms").asLong(),
                json.path("publish_to_version_max_ms").asLong()));
    text.append(
        "%d versions, of these %d consolidations; %d writers fenced, %d places lost in silence%n"
            .formatted(
                json.path("versions").asLong(),
                json.path("consolidations").asLong(),
                json.path("writers_fenced").asLong(),
                json.path("places_lost_in_silence").asLong()));
    text.append("settings ").append(json.path("settings")).append('\n');
    text.append("seconds ").append(json.path("seconds")).append('\n');
    text.append("deeds missed ").append(json.path("deeds_missed")).append('\n');
    text.append("findings ").append(json.path("findings").size()).append('\n');
    json.path("findings").forEach(f -> text.append("  ").append(f.asText()).append('\n'));
    return text.toString();
  }
}
