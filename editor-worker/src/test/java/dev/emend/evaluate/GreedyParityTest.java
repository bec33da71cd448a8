package dev.emend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.evaluate.ParityReport.Quantity;
import dev.emend.evaluate.ParityReport.Verdict;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.model.TokenBatch;
import dev.emend.token.TinyTokenizers;
import dev.emend.token.TokenIds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GreedyParityTest {
  private static final String TEXT = "R m o";

  @TempDir private Path folder;
  private LanguageModel model;
  private TokenIds ids;

  @BeforeEach
  void open() {
    TinyFolder.write(folder, 12);
    TinyTokenizers.writeSentencePieceStyle(folder);
    model = LanguageModel.open(folder, ModelOptions.defaults());
    ids = model.tokenizer().encode(TEXT).ids();
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void shouldCompareFromTheIdsThatAreGiven() {
    Quantity quantity = compared(continued(ids), logits());
    assertThat(quantity.verdict()).isEqualTo(Verdict.PASS);
    assertThat(quantity.note()).isNull();
  }

  @Test
  void shouldLeaveTheBeginningTokenOutWhereTheExpectedLogitsSaySo() {
    TokenIds withoutFirst = continued(ids.slice(1, ids.length()));
    Quantity quantity = compared(withoutFirst, preferring((withoutFirst.at(0) + 1) % 200));
    assertThat(quantity.verdict()).isEqualTo(Verdict.PASS);
    assertThat(quantity.note()).contains("without the first");
  }

  @Test
  void shouldFailWhatNeitherGives() {
    TokenIds neither = TokenIds.of((next() + 1) % 200, 3, 4);
    Quantity quantity = compared(neither, preferring((next() + 2) % 200));
    assertThat(quantity.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(quantity.error()).isEqualTo(1);
  }

  @Test
  void shouldFailALaterTokenThatDiffers() {
    TokenIds given = continued(ids);
    TokenIds other = TokenIds.of(given.at(0), given.at(1) + 1);
    assertThat(compared(other, logits()).verdict()).isEqualTo(Verdict.FAIL);
  }

  private int next() {
    return model.generator().next(List.of(ids)).at(0);
  }

  private TokenIds continued(TokenIds prompt) {
    TokenIds row = prompt;
    for (int i = 0; i < 3; i++) {
      row = row.then(model.generator().next(List.of(row)));
    }
    return row.slice(prompt.length(), row.length());
  }

  private Quantity compared(TokenIds greedy, float[] logits) {
    ObjectNode sentence = JsonMapper.builder().build().createObjectNode().put("text", TEXT);
    ids.stream().forEach(sentence.putArray("input_ids")::add);
    greedy.stream().forEach(sentence.putArray("greedy_ids")::add);
    GreedyParity parity = new GreedyParity(model);
    parity.add(sentence, logits);
    return parity.quantity();
  }

  /** Logits of all ids, {@code [T, V]}. */
  private float[] logits() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var all = TokenBatch.of(ids).ids(model.decoder().manager());
      return model.decoder().forward(all).toFloatArray();
    }
  }

  /** The same with another likeliest token at the end. */
  private float[] preferring(int token) {
    float[] logits = logits();
    logits[logits.length - model.config().vocabulary() + token] = 1000;
    return logits;
  }
}
