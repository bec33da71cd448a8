package dev.emend.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {
  @ParameterizedTest
  @CsvSource({
    "2021,                        2021-01-01T00:00:00Z, 2022-01-01T00:00:00Z",
    "2021-00-00,                  2021-01-01T00:00:00Z, 2022-01-01T00:00:00Z",
    "2021-02,                     2021-02-01T00:00:00Z, 2021-03-01T00:00:00Z",
    "2021-12-00,                  2021-12-01T00:00:00Z, 2022-01-01T00:00:00Z",
    "2024-02-29,                  2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
    "+1946-06-13T00:00:00Z,       1946-06-13T00:00:00Z, 1946-06-14T00:00:00Z",
    "+1946-00-00T00:00:00Z,       1946-01-01T00:00:00Z, 1947-01-01T00:00:00Z",
    "2021-03-05T12:30:00Z,        2021-03-05T12:30:00Z, 2021-03-05T12:30:00Z",
    "2021-03-05T12:30:00.5+02:00, 2021-03-05T10:30:00.5Z, 2021-03-05T10:30:00.5Z",
    "2021-03-05 12:30:00,         2021-03-05T12:30:00Z, 2021-03-05T12:30:00Z",
    "12021-01-01,                 +12021-01-01T00:00:00Z, +12021-01-02T00:00:00Z",
    "-0044-03-15,                 -0044-03-15T00:00:00Z, -0044-03-16T00:00:00Z"
  })
  void shouldReadTheFormsOfDataSets(String text, String start, String end) {
    assertThat(DateText.parse(text))
        .isEqualTo(new DateText(Instant.parse(start), Instant.parse(end)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "21", "2021-13", "2021-02-30", "2021-1-1", "2021-03-05Tnoon"})
  void shouldRefuseWhatIsNoDate(String text) {
    assertThatThrownBy(() -> DateText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no date");
  }
}
