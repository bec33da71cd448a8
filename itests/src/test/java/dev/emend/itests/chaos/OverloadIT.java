package dev.emend.itests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.itests.chaos.ChaosResult.Arrival;
import dev.emend.itests.chaos.WatchedLoad.Phase;
import dev.emend.itests.chaos.system.Vitals.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten times the sustainable rate for a while, then back: {@code -Poverload}, with {@code
 * -Doverload.rate} (records a second that are sustained), {@code overload.seconds} and {@code
 * overload.recovery.seconds}.
 */
@Tag("overload")
class OverloadIT {
  private static final Path REPORTS = Path.of("target", "chaos");
  private static final int FACTOR = 10;
  private static final int NORMAL_SECONDS = 60;
  private static final int BUCKET_SECONDS = 5;
  private static final long TOLERATED_MS = 2_000;

  private final int rate = Integer.getInteger("overload.rate", 40);
  private final int seconds = Integer.getInteger("overload.seconds", 300);
  private final int recovery = Integer.getInteger("overload.recovery.seconds", 60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void shouldKeepItsMemoryAndComeBackToItsLatency() throws Exception {
    WatchedLoad load =
        new WatchedLoad(
            List.of(
                new Phase(NORMAL_SECONDS * rate, rate),
                new Phase(seconds * rate * FACTOR, rate * FACTOR),
                new Phase(2 * recovery * rate, rate)),
            Map.of("topics", folder.resolve("broker"), "stores", folder.resolve("streams")),
            1_000);
    ChaosSettings settings = ChaosSettings.calmRun(load.records(), rate);

    ChaosResult result = ChaosRun.run(settings, folder, load);

    long normal = percentile(result, load.begins().get(0), load.begins().get(1), 0.99);
    Duration back = back(result, load.begins().get(2), Math.max(TOLERATED_MS, 2 * normal));
    ObjectNode measured = JsonMapper.builder().build().createObjectNode();
    measured.put("normal_p99_ms", normal);
    measured.put(
        "overload_p99_ms", percentile(result, load.begins().get(1), load.begins().get(2), 0.99));
    measured.put("back_after_s", back.toSeconds());
    Map<String, Trend> memory = memory(load);
    memory.forEach((name, trend) -> measured.withObject("/memory").set(name, trend.json()));
    ChaosReport.write(result, REPORTS, "overload", measured);
    assertThat(result.findings()).as("seed %d, %s", settings.seed(), folder).isEmpty();
    assertThat(back).isLessThanOrEqualTo(Duration.ofSeconds(recovery));
    assertThat(memory).allSatisfy((name, t) -> assertThat(t.flat(0.15, 24e6)).as(name).isTrue());
  }

  private static long percentile(ChaosResult result, Instant from, Instant to, double share) {
    return ChaosReport.share(
        result.arrivals().stream()
            .filter(a -> !a.publishedAt().isBefore(from) && a.publishedAt().isBefore(to))
            .map(Arrival::millis)
            .sorted()
            .toList(),
        share);
  }

  /** From the end of the overload to the last five seconds whose median is above normal. */
  private static Duration back(ChaosResult result, Instant end, long normal) {
    Map<Long, List<Long>> buckets =
        result.arrivals().stream()
            .filter(a -> !a.publishedAt().isBefore(end))
            .collect(
                Collectors.groupingBy(
                    a -> Duration.between(end, a.publishedAt()).toSeconds() / BUCKET_SECONDS,
                    TreeMap::new,
                    Collectors.mapping(Arrival::millis, Collectors.toList())));
    long late =
        buckets.entrySet().stream()
            .filter(b -> ChaosReport.share(b.getValue().stream().sorted().toList(), 0.5) > normal)
            .mapToLong(Map.Entry::getKey)
            .max()
            .orElse(-1);
    return Duration.ofSeconds((late + 1) * BUCKET_SECONDS);
  }

  /** Resident bytes of each process during the overload. */
  private static Map<String, Trend> memory(WatchedLoad load) {
    double from = Duration.between(load.begins().get(0), load.begins().get(1)).toMillis() / 1e3;
    double to = Duration.between(load.begins().get(0), load.begins().get(2)).toMillis() / 1e3;
    return load.samples().stream()
        .filter(sample -> sample.threads() > 0)
        .map(Sample::name)
        .distinct()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> Trend.of(load.samples(), name, from, to, Sample::bytes),
                (a, b) -> a,
                TreeMap::new));
  }
}
