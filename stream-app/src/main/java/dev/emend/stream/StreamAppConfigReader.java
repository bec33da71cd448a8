package dev.emend.stream;

import dev.emend.admission.Admission;
import dev.emend.admission.AdmissionFile;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.feedback.CalibrationFile;
import dev.emend.publish.FactRules;
import dev.emend.schedule.ConsolidationRule;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.size.ByteSize;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the settings of {@link StreamSetting} out of a connection's. */
final class StreamAppConfigReader {
  private final Connection connection;
  private final Map<String, String> settings;

  StreamAppConfigReader(Connection connection) {
    this.connection = connection;
    this.settings = connection.settings();
  }

  StreamAppConfig read() {
    KnownSettings.check(settings.keySet());
    return new StreamAppConfig(
        connection,
        Topics.named(text(StreamSetting.TOPIC_PREFIX)),
        applicationId(),
        text(StreamSetting.INSTANCE_ID),
        count(StreamSetting.THREADS, 1),
        positive(StreamSetting.COMMIT_INTERVAL),
        rules(),
        admission(),
        settle(),
        window(),
        state(),
        count(StreamSetting.METRICS_PORT, 0));
  }

  /** Apps of different topics share no state: unless named, they are told apart by the prefix. */
  private String applicationId() {
    String name = text(StreamSetting.APPLICATION_ID);
    boolean named = settings.containsKey(StreamSetting.APPLICATION_ID.key());
    return named ? name : text(StreamSetting.TOPIC_PREFIX) + name;
  }

  private FactRules rules() {
    FactRules standard = FactRules.standard();
    return new FactRules(
        standard.maxText(),
        standard.maxPrompt(),
        standard.maxPrompts(),
        duration(StreamSetting.CLOCK_TOLERANCE));
  }

  private Admission admission() {
    String path = text(StreamSetting.ADMISSION);
    return path.isEmpty() ? Admission.ANYBODY : AdmissionFile.read(Path.of(path));
  }

  private SettleSettings settle() {
    return new SettleSettings(
        duration(StreamSetting.GRACE),
        count(StreamSetting.GRACE_CAPACITY, 1),
        count(StreamSetting.HISTORY_LIMIT, 1));
  }

  private WindowSettings window() {
    Duration linger = duration(StreamSetting.LINGER);
    Duration maxStaleness = duration(StreamSetting.MAX_STALENESS);
    if (maxStaleness.compareTo(linger) < 0) {
      throw unusable(StreamSetting.LINGER, "it is above " + maxStaleness, null);
    }
    return new WindowSettings(
        new WindowCap(count(StreamSetting.WINDOW_FACTS, 1), size(StreamSetting.WINDOW_BYTES)),
        linger,
        maxStaleness,
        duration(StreamSetting.CHANGE_SET_TIMEOUT),
        count(StreamSetting.WINDOW_CAPACITY, 1),
        positive(StreamSetting.TICK),
        sizing());
  }

  private SizingSettings sizing() {
    return new SizingSettings(
        new Floors(share(StreamSetting.MIN_EFFICACY), share(StreamSetting.MIN_LOCALITY)),
        memory(),
        count(StreamSetting.WINDOW_FIRST, 1),
        count(StreamSetting.SLOTS, 0),
        consolidation(),
        calibration());
  }

  private Optional<ByteSize> memory() {
    ByteSize size = parse(StreamSetting.MEMORY, ByteSize::parse);
    return size.bytes() == 0 ? Optional.empty() : Optional.of(size);
  }

  private ConsolidationRule consolidation() {
    int fewest = count(StreamSetting.CONSOLIDATION_FEWEST, 1);
    return new ConsolidationRule(
        duration(StreamSetting.CONSOLIDATION_QUIET),
        fewest,
        count(StreamSetting.CONSOLIDATION_MOST, fewest),
        share(StreamSetting.CONSOLIDATION_FALL));
  }

  private LearnedState calibration() {
    String path = text(StreamSetting.CALIBRATION);
    return path.isEmpty() ? LearnedState.NONE : CalibrationFile.read(Path.of(path)).learned();
  }

  private double share(StreamSetting setting) {
    double share = parse(setting, Double::parseDouble);
    if (!(share >= 0 && share <= 1)) {
      throw unusable(setting, "it must be a share from 0 to 1", null);
    }
    return share;
  }

  private StateSettings state() {
    return new StateSettings(
        Path.of(text(StreamSetting.STATE_DIR)),
        positive(StreamSetting.SEEN_RETENTION),
        size(StreamSetting.STATE_CACHE),
        size(StreamSetting.STATE_WRITE_BUFFERS));
  }

  private String text(StreamSetting setting) {
    return settings.getOrDefault(setting.key(), setting.standard());
  }

  private int count(StreamSetting setting, int least) {
    int count = parse(setting, Integer::parseInt);
    if (count < least) {
      throw unusable(setting, "it must be at least " + least, null);
    }
    return count;
  }

  private ByteSize size(StreamSetting setting) {
    ByteSize size = parse(setting, ByteSize::parse);
    if (size.bytes() == 0) {
      throw unusable(setting, "it must be above 0", null);
    }
    return size;
  }

  private Duration positive(StreamSetting setting) {
    Duration duration = duration(setting);
    if (duration.toMillis() == 0) {
      throw unusable(setting, "it must be at least a millisecond", null);
    }
    return duration;
  }

  private Duration duration(StreamSetting setting) {
    Duration duration = parse(setting, Durations::parse);
    if (duration.isNegative()) {
      throw unusable(setting, "it must not be negative", null);
    }
    return duration;
  }

  private <T> T parse(StreamSetting setting, Function<String, T> parser) {
    try {
      return parser.apply(text(setting));
    } catch (RuntimeException e) {
      throw unusable(setting, setting.meaning() + "; for example " + setting.standard(), e);
    }
  }

  private Fault unusable(StreamSetting setting, String hint, @Nullable Exception cause) {
    String message = "%s=%s is unusable: %s".formatted(setting.key(), text(setting), hint);
    return new Fault(FaultCode.USAGE, message, cause);
  }
}
