package dev.emend.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.emend.canary.TextReading;
import dev.emend.fault.Fault;
import dev.emend.model.Continuation;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.token.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftReaderTest {
  private static final List<String> LINES = List.of("the rus speaks this", "what thrush sings");

  @TempDir Path folder;
  private LanguageModel model;

  @BeforeEach
  void setUp() {
    TinyFolder.write(folder, 5);
    model = LanguageModel.open(folder, ModelOptions.defaults());
  }

  @AfterEach
  void tearDown() {
    model.close();
  }

  @Test
  void shouldFindEachTokenAsLikelyAsTheScorerDoes() throws IOException {
    Path text = Files.write(folder.resolve("plain.txt"), LINES);

    TextReading reading = DriftReader.of(model, 1000, Optional.of(text)).read();

    List<Continuation> rows = new ArrayList<>();
    for (String line : LINES) {
      TokenIds ids = model.tokenizer().encode(line).ids();
      rows.add(new Continuation(ids.slice(0, 1), ids.slice(1, ids.length())));
    }
    double sum = 0;
    int tokens = 0;
    for (Continuation.Score score : model.scorer().score(rows)) {
      sum += score.logProbability();
      tokens += score.tokens();
    }
    assertThat(reading.size()).isEqualTo(tokens);
    assertThat(Math.log(reading.perplexity())).isCloseTo(-sum / tokens, within(1e-4));
  }

  @Test
  void shouldReadNoMoreTokensThanItMay() {
    assertThat(DriftReader.of(model, 10, Optional.empty()).read().size()).isEqualTo(10);
    assertThat(DriftReader.of(model, 0, Optional.empty()).read().size()).isZero();
  }

  @Test
  void shouldSeeThatWeightsChanged() {
    DriftReader reader = DriftReader.of(model, 20, Optional.empty());
    TextReading before = reader.read();
    float[] weights = model.decoder().downProjection(0).values();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = -weights[i];
    }
    model.decoder().downProjection(0).replace(weights);

    assertThat(before.divergenceOf(reader.read())).isPositive();
    assertThat(before.divergenceOf(before)).isZero();
  }

  @Test
  void shouldNameATextThatIsNotThere() {
    assertThatThrownBy(() -> DriftReader.of(model, 10, Optional.of(Path.of("no-such.txt"))))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("no-such.txt");
  }
}
