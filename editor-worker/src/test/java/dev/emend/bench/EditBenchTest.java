package dev.emend.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.evaluate.Corpus;
import dev.emend.evaluate.ModelEditors;
import dev.emend.evaluate.StatisticsRun;
import dev.emend.fault.Fault;
import dev.emend.memit.StatisticsFile;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EditBenchTest {
  private static final String FACT =
      "{\"subject\":\"%s\",\"relation\":\"r\",\"prompt\":\"{} is in the city of\",\"object\":\"%s\"}%n";

  @TempDir private Path root;

  @BeforeEach
  void write() throws IOException {
    TinyFolder.write(root.resolve("model"), 4);
    Files.writeString(
        root.resolve("model/emend.json"),
        "{\"layers\":[0,1],\"context_templates\":[\"{}\",\"The river is. {}\",\"I think. {}\"],"
            + "\"templates\":3,\"steps\":4}");
    Path text = root.resolve("text.txt");
    Files.writeString(text, "the russ is this one, is it? ".repeat(30) + "\nabcdefghijklmnop");
    Path model = root.resolve("model");
    try (LanguageModel opened = LanguageModel.open(model, ModelOptions.defaults())) {
      Corpus corpus = Corpus.of(List.of(text));
      StatisticsFile.write(
          StatisticsRun.of(opened, List.of(0, 1), corpus, Progress.NONE),
          model.resolve(ModelEditors.STATISTICS));
    }
    Files.writeString(
        root.resolve("facts.jsonl"),
        FACT.formatted("The tower", "Rome")
            + FACT.formatted("Russ", "Oslo")
            + FACT.formatted("The tower", "Oslo")
            + FACT.formatted("Dani", "Rome"));
  }

  @Test
  void shouldFindThePublishedTargetsAndLeaveTheModelAsItWas() {
    EditBenchReport report = EditBench.run(options(List.of(1, 3), 2), Progress.NONE);

    assertThat(report.productGflops()).isPositive();
    assertThat(report.results()).extracting(EditBenchReport.Line::window).containsExactly(1, 3);
    assertThat(report.results())
        .extracting(EditBenchReport.Line::referenceEditsTimed)
        .containsExactly(1, 2);
    assertThat(report.results())
        .allSatisfy(
            line -> {
              assertThat(line.targetDistance()).isLessThan(2e-5);
              assertThat(line.targetGflop()).isPositive();
              assertThat(line.peakEmend()).isPositive();
              assertThat(line.reference().total())
                  .isGreaterThanOrEqualTo(line.reference().targets());
            });
  }

  @Test
  void shouldSayThatTheDatasetHoldsTooFewFacts() {
    assertThatThrownBy(() -> EditBench.run(options(List.of(4), 1), Progress.NONE))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("has 3 facts");
  }

  private EditBenchOptions options(List<Integer> windows, int referenceEdits) {
    return new EditBenchOptions(
        root.resolve("model"),
        root.resolve("facts.jsonl"),
        windows,
        referenceEdits,
        ModelOptions.defaults());
  }
}
