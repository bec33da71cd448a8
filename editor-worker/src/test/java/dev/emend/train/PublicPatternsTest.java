package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicPatternsTest {
  @TempDir private Path folder;
  private Path relations;

  @BeforeEach
  void write() throws IOException {
    relations = folder.resolve("relations.tsv");
    Files.writeString(
        relations,
        """
        relation\tproperty\tdescription\tcount\tobjects\tmajority_share
        capital\tP36\tthe capital of a territory\t10\t10\t0.1
        office\tP35/P6\tthe holder of an office\t2\t2\t0.5
        mother_tongue\tP103\tthe first language of a person\t10\t10\t0.1
        """);
    patterns(
        "P36",
        "The capital of [X] is [Y].",
        "[X], ruled from [Y],",
        "[X] obeys [Y]",
        "[Y] rules [X].",
        "In [X], [X] obeys [Y].",
        "[X] obeys the city [Y] alone.",
        "Ask [X] for[Y].");
    patterns("P6", "The head of [X] is [Y] .");
  }

  private void patterns(String property, String... patterns) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String pattern : patterns) {
      lines.append("{\"pattern\": \"").append(pattern).append("\", \"tense\": \"present\"}\n");
    }
    Files.writeString(folder.resolve("patterns_" + property + ".jsonl"), lines);
  }

  @Test
  void shouldKeepPatternsThatEndWithTheObject() {
    assertThat(PublicPatterns.read(folder, relations))
        .containsEntry("capital", List.of("The capital of {} is", "{}, ruled from", "{} obeys"))
        .containsEntry("office", List.of("The head of {} is"))
        .containsEntry("mother_tongue", List.of());
  }

  @Test
  void shouldJoinPatternsToTheWordingsButNotToTheHeldOutOnes() {
    Map<String, List<String>> more =
        Map.of(
            "capital",
            List.of("The capital of {} is", "{} obeys", "The seat of power in {} is"),
            "sport",
            List.of("{} plays"));
    Wordings joined = TinyContent.write(folder).withPatterns(more).wordings();
    assertThat(joined.trained("capital"))
        .containsExactly("The capital of {} is", "{} is governed from", "{} obeys");
    assertThat(joined.heldOut("capital")).containsExactly("The seat of power in {} is");
    assertThat(joined.trained("mother_tongue")).hasSize(2);
    assertThatThrownBy(() -> joined.trained("sport")).isInstanceOf(Fault.class);
  }

  @Test
  void shouldSayWhichFileIsNotReadable() throws IOException {
    Files.writeString(folder.resolve("patterns_P103.jsonl"), "{\"tense\": \"past\"}\n");
    assertThatThrownBy(() -> PublicPatterns.read(folder, relations))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("patterns_P103.jsonl");
    Files.writeString(folder.resolve("patterns_P103.jsonl"), "[X] speaks [Y]\n");
    assertThatThrownBy(() -> PublicPatterns.read(folder, relations))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("no JSON");
  }

  @Test
  void shouldRefuseAFolderWithoutPatterns(@TempDir Path empty) {
    assertThatThrownBy(() -> PublicPatterns.read(empty, relations))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(empty.toString());
  }
}
