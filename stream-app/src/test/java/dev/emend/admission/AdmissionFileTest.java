package dev.emend.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionFileTest {
  @TempDir Path dir;

  @Test
  void shouldReadWhoMaySayWhatAndHowMuch() throws IOException {
    Admission admission =
        read(
            """
            {"relations": ["capital", "leader"],
             "sources": {"news": {"relations": ["leader"], "facts_per_minute": 60}, "atlas": {}},
             "others": {"facts_per_minute": 6}}""");

    assertThat(admission)
        .isEqualTo(
            new Admission(
                Optional.of(Set.of("capital", "leader")),
                Map.of(
                    "news",
                    new SourceRule(Optional.of(Set.of("leader")), OptionalInt.of(60)),
                    "atlas",
                    SourceRule.ANYTHING),
                Optional.of(new SourceRule(Optional.empty(), OptionalInt.of(6)))));
    assertThat(admission.hasQuotas()).isTrue();
    assertThat(admission.quota("atlas")).isEmpty();
    assertThat(admission.quota("news")).contains(new Admission.Quota("source news", 60));
    assertThat(admission.quota("a")).isEqualTo(admission.quota("b")).isPresent();
  }

  @Test
  void shouldLetNobodyElseInWhereOnlySourcesAreListed() throws IOException {
    assertThat(read("{\"sources\": {\"news\": {}}}").others()).isEmpty();
    assertThat(read("{\"relations\": []}").others()).contains(SourceRule.ANYTHING);
    assertThat(read("{}")).isEqualTo(Admission.ANYBODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{} {}",
        "{\"relation\": [\"capital\"]}",
        "{\"relations\": \"capital\"}",
        "{\"relations\": [null]}",
        "{\"sources\": {\"news\": null}}",
        "{\"sources\": {\"news\": {\"per_minute\": 1}}}",
        "{\"others\": {\"facts_per_minute\": 0}}",
        "{\"others\": {\"facts_per_minute\": 3000000000}}"
      })
  void shouldRefuseWhatIsNoRuleInOneLine(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(FaultCode.JSON_INVALID);
              assertThat(fault.getMessage()).contains("who.json").doesNotContain("\n");
            });
  }

  @Test
  void shouldNameTheFileThatIsMissing() {
    assertThatThrownBy(() -> AdmissionFile.read(dir.resolve("nowhere.json")))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.FILE_NOT_FOUND))
        .hasMessageContaining("nowhere.json");
  }

  private Admission read(String text) throws IOException {
    return AdmissionFile.read(Files.writeString(dir.resolve("who.json"), text));
  }
}
