package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.canary.BisectBudget;
import dev.emend.canary.CanarySettings;
import dev.emend.canary.GateLimits;
import dev.emend.canary.GateScore;
import dev.emend.canary.GateSettings;
import dev.emend.canary.Limit;
import dev.emend.fault.Fault;
import dev.emend.memit.EditMode;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.TargetMethod;
import dev.emend.model.ComputeDevice;
import dev.emend.model.ModelOptions;
import dev.emend.model.Precision;
import dev.emend.retain.RetentionPromise;
import dev.emend.retain.SnapshotDistance;
import dev.emend.size.ByteSize;
import dev.emend.topic.Topics;
import dev.emend.version.Promotion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {

  @Test
  void shouldTakeDefaultsForEverythingButTheModel() {
    assertThat(WorkerConfig.from(Map.of("model", "m"))).isEqualTo(WorkerConfig.of("m"));
  }

  @Test
  void shouldReadEverySetting() {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", "gpt2");
    settings.put("member", "standby");
    settings.put("topic.prefix", "a.");
    settings.put("delta.inline.limit", "1KB");
    settings.put("delta.chunk.size", "2KB");
    settings.put("transaction.timeout", "20s");
    settings.put("poll.interval", "50ms");
    settings.put("retry.pause", "2s");
    settings.put("signing.key.file", "worker.pem");
    settings.put("trust.file", "trust.json");
    settings.put("blob.store", "s3://models/emend");
    settings.put("snapshots", "shelf");
    settings.put("compact.every.versions", "20");
    settings.put("compact.every.bytes", "3MB");
    settings.put("compact.keep.versions", "5");
    settings.put("compact.keep.time", "1h");
    settings.put("canary.older.facts", "1");
    settings.put("canary.max.paraphrases", "2");
    settings.put("canary.max.neighbours", "3");
    settings.put("canary.seed", "4");
    settings.put("gate.efficacy", "0.5");
    settings.put("gate.efficacy.release", "0.75");
    settings.put("gate.locality", "off");
    settings.put("gate.retest", "0.125");
    settings.put("gate.windows", "7");
    settings.put("gate.drift.fact", "0.25");
    settings.put("bisect.edits", "9");
    settings.put("bisect.time", "11s");
    settings.put("canary.drift.tokens", "5");
    settings.put("canary.drift.text", "plain.txt");
    settings.put("promotion", "manual");
    settings.put("soak.time", "9s");
    settings.put("soak.windows", "6");
    settings.put("soak.facts", "12");
    settings.put("soak.retest", "off");
    settings.put("soak.drift", "0.7");
    settings.put("consolidate.tolerance", "0.5");
    settings.put("metrics.port", "9100");
    settings.put("close.patience", "1m");
    settings.put("threads", "3");
    settings.put("precision", "bf16");
    settings.put("device", "cpu");
    settings.put("memory", "2GB");
    settings.put("mode", "exact");
    settings.put("search", "normalised");

    WorkerConfig config = WorkerConfig.from(settings);

    LogSettings log =
        new LogSettings(
            Topics.named("a."),
            ByteSize.parse("1KB"),
            ByteSize.parse("2KB"),
            Duration.ofSeconds(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            new Safeguards(Optional.of(Path.of("worker.pem")), Optional.of(Path.of("trust.json"))),
            Optional.of("s3://models/emend"),
            Optional.of(Path.of("shelf")),
            Optional.of(
                new CompactionRule(
                    new RetentionPromise(5, Duration.ofHours(1), Set.of()),
                    new SnapshotDistance(20, ByteSize.parse("3MB")))));
    assertThat(config)
        .isEqualTo(
            new WorkerConfig(
                "gpt2",
                "standby",
                log,
                new CanarySettings(1, 2, 3, 5, Optional.of(Path.of("plain.txt")), 4),
                new GateSettings(
                    new GateLimits(
                        Map.of(
                            GateScore.EFFICACY, new Limit(0.5, 0.75),
                            GateScore.RETEST, new Limit(0.125, 0.125),
                            GateScore.FORGETTING, new Limit(0.3, 0.2),
                            GateScore.DRIFT, new Limit(0.02, 0.01),
                            GateScore.PERPLEXITY, new Limit(1.5, 1.3)),
                        0.25,
                        7),
                    new BisectBudget(9, Duration.ofSeconds(11))),
                new SoakSettings(
                    new Promotion(Promotion.Mode.MANUAL, Duration.ofSeconds(9), 6),
                    12,
                    GateLimits.of(Map.of(GateScore.DRIFT, 0.7, GateScore.PERPLEXITY, 2.0))),
                0.5,
                9100,
                Duration.ofMinutes(1),
                ModelOptions.threads(3)
                    .in(Precision.BF16)
                    .on(ComputeDevice.CPU)
                    .within(Optional.of(ByteSize.parse("2GB"))),
                EditOverrides.of(
                    Optional.of(EditMode.EXACT), Optional.of(TargetMethod.NORMALISED))));
    assertThat(config.transactionalId()).isEqualTo("a.emend-worker-gpt2");
  }

  @Test
  void shouldRefuseAnUnknownSettingAndNameTheKnownOnes() {
    assertThatThrownBy(() -> WorkerConfig.from(Map.of("model", "m", "gate.eficacy", "1")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("gate.eficacy")
        .hasMessageContaining("gate.efficacy");
  }

  @Test
  void shouldSayWhichValueIsUnusable() {
    assertThatThrownBy(() -> WorkerConfig.from(Map.of("model", "m", "poll.interval", "soon")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("poll.interval = 'soon'");
    assertThatThrownBy(
            () ->
                WorkerConfig.from(
                    Map.of("model", "m", "gate.efficacy", "0.9", "gate.efficacy.release", "0.1")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("released at");
    assertThatThrownBy(() -> WorkerConfig.from(Map.of()))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("model is missing");
    assertThatThrownBy(() -> WorkerConfig.from(Map.of("model", "a b")))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("letters");
  }
}
