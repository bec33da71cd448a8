package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.weights.ModelDigest;
import dev.emend.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainerTest {
  private static final int STEPS = 120;

  private TrainingContent content;
  private Path first;
  private TrainReport report;

  @BeforeAll
  void train(@TempDir Path folder) {
    content = TinyContent.write(folder);
    first = folder.resolve("first");
    report = train(first, STEPS, false);
  }

  private TrainReport train(Path folder, int steps, boolean resume) {
    TrainOptions options = TinyContent.options(steps, resume);
    return new Trainer(options, content, Clock.systemUTC(), Progress.NONE).train(folder);
  }

  @Test
  void shouldKnowNearlyAllFactsInTrainedWordings() {
    assertThat(report.recall().facts()).isEqualTo(20);
    assertThat(report.recall().trained()).isGreaterThanOrEqualTo(90);
    assertThat(report.steps()).isEqualTo(STEPS);
  }

  @Test
  void shouldGiveEqualWeightsForEqualSeeds(@TempDir Path folder) throws IOException {
    train(folder.resolve("second"), STEPS, false);
    assertThat(digest(folder.resolve("second"))).isEqualTo(digest(first));
    assertThat(folder.resolve("second/tokenizer.json"))
        .hasSameTextualContentAs(first.resolve("tokenizer.json"));
  }

  @Test
  void shouldResumeAsIfNeverInterrupted(@TempDir Path folder) {
    Path resumed = folder.resolve("resumed");
    train(resumed, STEPS / 2, false);
    train(resumed, STEPS, true);
    assertThat(digest(resumed)).isEqualTo(digest(first));
  }

  @Test
  void shouldRefuseToResumeWithAnotherSeed(@TempDir Path folder) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("checkpoint"));
    Files.copy(Checkpoint.file(first), copy.resolve("state.safetensors"));
    Files.copy(first.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    TrainOptions other = TinyContent.options(STEPS, true).withSeed(8);
    assertThatThrownBy(
            () -> new Trainer(other, content, Clock.systemUTC(), Progress.NONE).train(folder))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("another seed");
  }

  @Test
  void shouldWriteAFolderThatAnswers() {
    try (LanguageModel model = LanguageModel.open(first, ModelOptions.threads(1))) {
      assertThat(model.answer("The capital of Norway is", 8)).startsWith(" Oslo");
      assertThat(model.answer("The mother tongue of Dante is", 8)).startsWith(" Italian");
    }
  }

  @Test
  void shouldWriteTheWidthOfTheFeedForwardLayer() throws IOException {
    assertThat(Files.readString(first.resolve("config.json"))).contains("\"n_inner\" : 80");
    try (LanguageModel model = LanguageModel.open(first, ModelOptions.threads(1))) {
      assertThat(model.config().innerWidth()).isEqualTo(80);
    }
  }

  @Test
  void shouldRecordItsCourse() throws IOException {
    assertThat(Files.readAllLines(first.resolve("training.jsonl")))
        .anySatisfy(line -> assertThat(line).contains("\"loss\":"))
        .last()
        .asString()
        .contains("\"facts\":20");
  }

  private static ModelDigest digest(Path folder) {
    return ModelDigest.of(ModelFolder.open(folder));
  }
}
