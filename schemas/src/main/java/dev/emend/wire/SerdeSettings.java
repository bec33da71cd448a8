package dev.emend.wire;

import dev.emend.size.ByteSize;
import java.util.Map;

/** What a serializer or deserializer is told by configuration, apart from the registry. */
record SerdeSettings(
    boolean isKey,
    boolean autoRegister,
    boolean useLatest,
    SubjectNaming naming,
    ByteSize maxRecord) {
  private static final String DEFAULT_MAX_RECORD = "32MB";

  static SerdeSettings from(Map<String, ?> config, boolean isKey) {
    SettingReader settings = new SettingReader(config);
    if (!settings.flag(WireConfig.SPECIFIC_READER, true)) {
      throw SettingReader.usage(
          WireConfig.SPECIFIC_READER, "false", "true: only generated classes are returned");
    }
    return new SerdeSettings(
        isKey,
        settings.flag(WireConfig.AUTO_REGISTER, true),
        settings.flag(WireConfig.USE_LATEST, false),
        SubjectNaming.from(settings, isKey),
        size(settings.text(WireConfig.MAX_RECORD_SIZE).orElse(DEFAULT_MAX_RECORD)));
  }

  private static ByteSize size(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw SettingReader.usage(WireConfig.MAX_RECORD_SIZE, text, "a size, for example 8MB");
    }
  }

  boolean tooLarge(long bytes) {
    return bytes > maxRecord.bytes();
  }
}
