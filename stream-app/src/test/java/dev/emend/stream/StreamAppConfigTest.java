package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.admission.Admission;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.Calibration;
import dev.emend.feedback.CalibrationFile;
import dev.emend.publish.FactRules;
import dev.emend.schedule.ConsolidationRule;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.learn.Floors;
import dev.emend.size.ByteSize;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamAppConfigTest {
  private static final Connection LOCAL = Connection.to("localhost:9092", "http://localhost:8081");

  @Test
  void shouldHaveDefaultsForEverything() {
    StreamAppConfig config = StreamAppConfig.from(LOCAL);
    assertThat(config)
        .isEqualTo(
            new StreamAppConfig(
                LOCAL,
                Topics.standard(),
                "emend-stream",
                "1",
                1,
                Duration.ofMillis(100),
                FactRules.standard(),
                Admission.ANYBODY,
                new SettleSettings(Duration.ofMillis(200), 50_000, 32),
                new WindowSettings(
                    new WindowCap(128, ByteSize.parse("4MB")),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    20_000,
                    Duration.ofMillis(50),
                    SizingSettings.STANDARD),
                new StateSettings(
                    Path.of("emend-stream-state"),
                    Duration.ofDays(7),
                    ByteSize.parse("64MB"),
                    ByteSize.parse("24MB")),
                0));
  }

  @Test
  void shouldTellAppsOfDifferentTopicsApart() {
    Map<String, String> values = new HashMap<>(LOCAL.settings());
    values.put("emend.topic.prefix", "test.");

    assertThat(StreamAppConfig.from(new Connection(values)).applicationId())
        .isEqualTo("test.emend-stream");
  }

  @Test
  void shouldMapEverySetting(@TempDir Path dir) throws IOException {
    Map<String, String> values = new HashMap<>(LOCAL.settings());
    values.put("emend.stream.application.id", "app");
    values.put("emend.stream.instance.id", "two");
    values.put("emend.topic.prefix", "test.");
    values.put("emend.stream.threads", "3");
    values.put("emend.stream.commit.interval", "PT0.2S");
    values.put("emend.stream.tick", "10ms");
    values.put("emend.stream.seen.retention", "36h");
    values.put("emend.stream.clock.tolerance", "1m");
    values.put("emend.stream.grace", "4s");
    values.put("emend.stream.grace.capacity", "17");
    values.put("emend.stream.history.limit", "5");
    values.put("emend.window.capacity", "19");
    values.put("emend.window.max.facts", "7");
    values.put("emend.window.max.bytes", "1MB");
    values.put("emend.window.linger", "5ms");
    values.put("emend.window.max.staleness", "2s");
    values.put("emend.change.set.timeout", "3s");
    values.put("emend.stream.state.dir", "/tmp/x");
    values.put("emend.stream.state.cache", "8MB");
    values.put("emend.stream.state.write.buffers", "4MB");
    values.put("emend.stream.metrics.port", "9999");
    values.put("emend.window.first.facts", "5");
    values.put("emend.window.min.efficacy", "0.7");
    values.put("emend.window.min.locality", "0.6");
    values.put("emend.window.memory", "2GB");
    values.put("emend.window.slots", "3");
    values.put("emend.consolidation.quiet", "2m");
    values.put("emend.consolidation.fewest.windows", "6");
    values.put("emend.consolidation.most.windows", "9");
    values.put("emend.consolidation.fall", "0.25");
    Calibration calibration = Calibration.of("digest", "a machine", 1 << 20, List.of());
    values.put("emend.window.calibration", CalibrationFile.write(calibration, dir).toString());
    values.put(
        "emend.stream.admission", Files.writeString(dir.resolve("who.json"), "{}").toString());
    assertThat(values).containsKeys(keys());

    Connection connection = new Connection(values);
    FactRules rules = FactRules.standard();
    assertThat(StreamAppConfig.from(connection))
        .isEqualTo(
            new StreamAppConfig(
                connection,
                Topics.named("test."),
                "app",
                "two",
                3,
                Duration.ofMillis(200),
                new FactRules(
                    rules.maxText(), rules.maxPrompt(), rules.maxPrompts(), Duration.ofMinutes(1)),
                Admission.ANYBODY,
                new SettleSettings(Duration.ofSeconds(4), 17, 5),
                new WindowSettings(
                    new WindowCap(7, ByteSize.parse("1MB")),
                    Duration.ofMillis(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    19,
                    Duration.ofMillis(10),
                    new SizingSettings(
                        new Floors(0.7, 0.6),
                        Optional.of(ByteSize.parse("2GB")),
                        5,
                        3,
                        new ConsolidationRule(Duration.ofMinutes(2), 6, 9, 0.25),
                        calibration.learned())),
                new StateSettings(
                    Path.of("/tmp/x"),
                    Duration.ofHours(36),
                    ByteSize.parse("8MB"),
                    ByteSize.parse("4MB")),
                9999));
  }

  @ParameterizedTest
  @CsvSource({
    "emend.stream.thread,1",
    "bootstrap.server,localhost",
    "emend.stream.threads,0",
    "emend.stream.threads,many",
    "emend.stream.tick,0s",
    "emend.stream.grace,-1s",
    "emend.stream.grace.capacity,0",
    "emend.stream.history.limit,0",
    "emend.window.capacity,0",
    "emend.stream.tick,-PT1S",
    "emend.window.max.bytes,0B",
    "emend.window.min.efficacy,1.5",
    "emend.consolidation.most.windows,1",
    "emend.window.max.staleness,soon",
    "emend.window.linger,6s",
    "emend.stream.metrics.port,-1"
  })
  void shouldRefuseUnknownAndUnusableSettings(String key, String value) {
    assertThatThrownBy(() -> StreamAppConfig.from(LOCAL.with(key, value)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(key)
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(FaultCode.USAGE));
  }

  @Test
  void shouldLetClientSettingsThroughButNotThoseThatExactnessRestsOn() {
    Connection connection =
        LOCAL
            .with("security.protocol", "SSL")
            .with("producer.linger.ms", "3")
            .with("processing.guarantee", "at_least_once")
            .with("max.task.idle.ms", "0")
            .with("group.protocol", "streams");
    Properties properties = StreamProperties.of(StreamAppConfig.from(connection));
    assertThat(properties)
        .containsEntry("security.protocol", "SSL")
        .containsEntry("producer.linger.ms", "3")
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
        .containsEntry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1")
        .containsEntry("group.protocol", "classic")
        .containsEntry("main.consumer.group.instance.id", "emend-stream-1");
  }

  private static String[] keys() {
    StreamSetting[] settings = StreamSetting.values();
    String[] keys = new String[settings.length];
    for (int i = 0; i < settings.length; i++) {
      keys[i] = settings[i].key();
    }
    return keys;
  }
}
