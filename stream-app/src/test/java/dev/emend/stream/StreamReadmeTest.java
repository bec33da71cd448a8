package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamReadmeTest {
  private final String readme;

  StreamReadmeTest() throws IOException {
    readme = Files.readString(Path.of("README.md"));
  }

  @ParameterizedTest
  @EnumSource(StreamMeter.class)
  void shouldListEveryMeterAsItIs(StreamMeter meter) {
    assertThat(readme)
        .contains(
            "| `%s` | %s | %s | %s | %s |"
                .formatted(
                    meter.meterName(),
                    meter.kind().name().toLowerCase(Locale.ROOT),
                    meter.unit(),
                    meter.tags(),
                    meter.meaning()));
  }

  @ParameterizedTest
  @EnumSource(StreamSetting.class)
  void shouldListEverySettingWithItsDefault(StreamSetting setting) {
    assertThat(readme)
        .contains(
            "| `%s` | `%s` | %s |".formatted(setting.key(), setting.standard(), setting.meaning()));
  }

  @Test
  void shouldListNothingThatIsGone() {
    long rows = readme.lines().filter(line -> line.startsWith("| `emend.")).count();
    assertThat(rows).isEqualTo(StreamMeter.values().length + StreamSetting.values().length);
  }
}
