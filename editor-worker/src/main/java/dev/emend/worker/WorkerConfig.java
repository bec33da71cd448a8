package dev.emend.worker;

import dev.emend.canary.CanarySettings;
import dev.emend.canary.GateSettings;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one worker does. A worker edits one model; a process with several models runs several.
 *
 * @param model name of the model, the key of its windows; letters, digits, {@code . _ -}
 * @param member name of this worker among those of the model; the same after a restart, so that it
 *     gets its work back at once, and different for a standby
 * @param log how it uses the log
 * @param canary how much a window is asked before it goes out
 * @param gate what a window must score to go out, and what is done if it does not
 * @param soak when a version becomes live
 * @param consolidationTolerance largest share, 0..1, by which the re-test of older facts may be
 *     lower after a consolidation than before; if it is more the consolidation is not published
 * @param metricsPort port of the metrics on the loopback interface; 0 for any free one
 * @param closePatience how long closing waits for a window that is being edited
 * @param run how the model is run, and the memory that it may take
 * @param editing numbers of the editing in place of the model's own
 */
public record WorkerConfig(
    String model,
    String member,
    LogSettings log,
    CanarySettings canary,
    GateSettings gate,
    SoakSettings soak,
    double consolidationTolerance,
    int metricsPort,
    Duration closePatience,
    ModelOptions run,
    EditOverrides editing) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final int HIGHEST_PORT = 65_535;

  /** Checks names and port. */
  public WorkerConfig {
    requireName("model", model);
    requireName("member", member);
    Objects.requireNonNull(log, "log");
    Objects.requireNonNull(canary, "canary");
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(soak, "soak");
    Objects.requireNonNull(closePatience, "closePatience");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(editing, "editing");
    if (!(consolidationTolerance >= 0 && consolidationTolerance <= 1)) {
      throw new Fault(
          FaultCode.USAGE,
          "consolidate.tolerance is a share from 0 to 1, not " + consolidationTolerance);
    }
    if (metricsPort < 0 || metricsPort > HIGHEST_PORT) {
      throw new Fault(FaultCode.USAGE, "a port is 0 to 65535, not " + metricsPort);
    }
  }

  private static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault(
          FaultCode.USAGE,
          "the " + what + " '" + name + "' must be 1 to 200 of letters, digits, '.', '_' and '-'");
    }
  }

  /** The defaults for a model. */
  public static WorkerConfig of(String model) {
    return new WorkerConfig(
        model,
        "worker-1",
        LogSettings.defaults(),
        CanarySettings.DEFAULT,
        GateSettings.DEFAULT,
        SoakSettings.DEFAULT,
        0.1,
        0,
        Duration.ofSeconds(30),
        ModelOptions.defaults().on(ComputeDevice.AUTO),
        EditOverrides.NONE);
  }

  /**
   * Reads settings; what is not given has its default.
   *
   * @throws Fault {@link FaultCode#USAGE} for a missing model, an unusable value or an unknown key
   */
  public static WorkerConfig from(Map<String, String> settings) {
    SettingReader reader = new SettingReader(settings);
    try {
      WorkerConfig config = read(reader, of(reader.required("model")));
      reader.refuseUnknown();
      return config;
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.USAGE, "unusable settings: " + e.getMessage(), e);
    }
  }

  private static WorkerConfig read(SettingReader reader, WorkerConfig otherwise) {
    return new WorkerConfig(
        otherwise.model,
        reader.get("member", otherwise.member, text -> text),
        log(reader, otherwise.log),
        GateSettingReader.canary(reader, otherwise.canary),
        GateSettingReader.gate(reader, otherwise.gate),
        GateSettingReader.soak(reader, otherwise.soak),
        reader.get("consolidate.tolerance", otherwise.consolidationTolerance, Double::valueOf),
        reader.get("metrics.port", otherwise.metricsPort, Integer::valueOf),
        reader.duration("close.patience", otherwise.closePatience),
        run(reader, otherwise.run),
        editing(reader));
  }

  private static EditOverrides editing(SettingReader reader) {
    return EditOverrides.of(
        reader.get("mode", Optional.empty(), text -> Optional.of(EditMode.named(text))),
        reader.get(
            "search", Optional.empty(), text -> Optional.of(TargetMethod.valueOf(upper(text)))));
  }

  private static ModelOptions run(SettingReader reader, ModelOptions otherwise) {
    int threads = reader.get("threads", 0, Integer::valueOf);
    ModelOptions options = threads == 0 ? otherwise : ModelOptions.threads(threads);
    return options
        .in(reader.get("precision", otherwise.precision(), text -> Precision.valueOf(upper(text))))
        .on(reader.get("device", otherwise.device(), text -> ComputeDevice.valueOf(upper(text))))
        .within(
            reader.get("memory", otherwise.memory(), text -> Optional.of(ByteSize.parse(text))));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static LogSettings log(SettingReader reader, LogSettings otherwise) {
    return new LogSettings(
        reader.get("topic.prefix", otherwise.topics(), Topics::named),
        reader.size("delta.inline.limit", otherwise.inlineLimit()),
        reader.size("delta.chunk.size", otherwise.chunkSize()),
        reader.duration("transaction.timeout", otherwise.transactionTimeout()),
        reader.duration("poll.interval", otherwise.pollInterval()),
        reader.duration("retry.pause", otherwise.retryPause()),
        safeguards(reader, otherwise.safeguards()),
        reader.get("blob.store", otherwise.blobs(), Optional::of),
        reader.get("snapshots", otherwise.snapshots(), text -> Optional.of(Path.of(text))),
        compaction(reader));
  }

  private static Optional<CompactionRule> compaction(SettingReader reader) {
    Optional<Long> versions =
        reader.get(
            "compact.every.versions", Optional.empty(), text -> Optional.of(Long.valueOf(text)));
    Optional<ByteSize> bytes =
        reader.get(
            "compact.every.bytes", Optional.empty(), text -> Optional.of(ByteSize.parse(text)));
    RetentionPromise promise =
        new RetentionPromise(
            reader.get("compact.keep.versions", CompactionRule.PROMISE.newest(), Integer::valueOf),
            reader.duration("compact.keep.time", CompactionRule.PROMISE.age()),
            Set.of());
    return versions.isEmpty() && bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CompactionRule(
                promise,
                new SnapshotDistance(
                    versions.orElse(CompactionRule.FAR.versions()),
                    bytes.orElse(CompactionRule.FAR.bytes()))));
  }

  private static Safeguards safeguards(SettingReader reader, Safeguards otherwise) {
    return new Safeguards(
        reader.get("signing.key.file", otherwise.signingKey(), text -> Optional.of(Path.of(text))),
        reader.get("trust.file", otherwise.trust(), text -> Optional.of(Path.of(text))));
  }

  /** The consumer group of the model's workers. */
  public String group() {
    return log.topics().prefix() + "emend-worker-" + model;
  }

  /** The transactional id of the model's workers: whoever opens it last fences the others. */
  public String transactionalId() {
    return log.topics().prefix() + "emend-worker-" + model;
  }
}
