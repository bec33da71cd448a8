package dev.emend.itests.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.itests.chaos.WatchedLoad.Phase;
import dev.emend.itests.chaos.system.Vitals.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long time at a moderate load: {@code -Psoak}, with {@code -Dsoak.minutes} and {@code
 * -Dsoak.rate}, sixty in the hundred of what is sustained.
 */
@Tag("soak")
class SoakIT {
  private static final Path REPORTS = Path.of("target", "chaos");
  private static final int SECONDS_A_MINUTE = 60;

  private final int minutes = Integer.getInteger("soak.minutes", 60);
  private final int rate = Integer.getInteger("soak.rate", 24);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void shouldNeedNoMoreAtTheEndThanInTheMiddle() throws Exception {
    WatchedLoad load =
        new WatchedLoad(
            List.of(new Phase(minutes * SECONDS_A_MINUTE * rate, rate)),
            Map.of("topics", folder.resolve("broker"), "stores", folder.resolve("streams")),
            2_000);
    ChaosSettings settings = ChaosSettings.calmRun(load.records(), rate);

    ChaosResult result = ChaosRun.run(settings, folder, load);

    List<Sample> samples = load.samples();
    double end = samples.stream().mapToDouble(Sample::second).max().orElse(0);
    ObjectNode measured = JsonMapper.builder().build().createObjectNode();
    SoftAssertions softly = new SoftAssertions();
    for (String name : samples.stream().map(Sample::name).distinct().toList()) {
      Trend bytes = Trend.of(samples, name, 0, end, Sample::bytes);
      Trend files = Trend.of(samples, name, 0, end, Sample::files);
      Trend threads = Trend.of(samples, name, 0, end, Sample::threads);
      ObjectNode one = measured.withObject("/vitals").putObject(name);
      one.set("bytes", bytes.json());
      one.set("files", files.json());
      one.set("threads", threads.json());
      if (threads.most() > 0) {
        softly.assertThat(bytes.flat(0.1, 16e6)).as("memory of " + name).isTrue();
        softly.assertThat(files.flat(0.05, 8)).as("file handles of " + name).isTrue();
        softly.assertThat(threads.flat(0.05, 3)).as("threads of " + name).isTrue();
      } else {
        // Facts, versions and outcomes are kept for ever: not flat, but no more than by their
        // number.
        softly.assertThat(bytes.last()).as("size of " + name).isLessThan(2.2 * bytes.middle());
      }
    }
    ChaosReport.write(result, REPORTS, "soak", measured);
    softly.assertThat(result.findings()).as("seed %d", settings.seed()).isEmpty();
    softly.assertAll();
  }
}
