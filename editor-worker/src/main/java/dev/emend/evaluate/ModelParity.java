package dev.emend.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.JsonNode;
import dev.emend.evaluate.ParityReport.Quantity;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.LanguageModel;
import dev.emend.model.TokenBatch;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.SubjectPrompt;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The model's part of a fixture: tokens, logits, hidden states, greedy continuations. */
final class ModelParity {
  static final double LOGITS = 1e-4;

  private ModelParity() {}

  static List<Quantity> check(LanguageModel model, ParityFixture fixture) {
    List<Quantity> quantities = new ArrayList<>(tokens(model, fixture));
    double logits = 0;
    double hidden = 0;
    GreedyParity greedy = new GreedyParity(model);
    for (int i = 0; i < fixture.sentences().size(); i++) {
      JsonNode sentence = fixture.sentences().get(i);
      TokenIds ids = ParityFixture.ids(sentence.path("input_ids"));
      States states = read(model.decoder(), ids);
      logits =
          Math.max(
              logits, Distance.largest(states.logits, fixture.expected().floats("logits." + i)));
      hidden =
          Math.max(
              hidden, Distance.largest(states.hidden, fixture.expected().floats("hidden." + i)));
      greedy.add(sentence, fixture.expected().floats("logits." + i));
    }
    quantities.add(Quantity.of("logits", logits, LOGITS));
    quantities.add(Quantity.of("hidden", hidden, LOGITS));
    quantities.add(greedy.quantity());
    return quantities;
  }

  private static List<Quantity> tokens(LanguageModel model, ParityFixture fixture) {
    int sentences = 0;
    for (JsonNode sentence : fixture.sentences()) {
      TokenIds ids = model.tokenizer().encode(sentence.path("text").asText()).ids();
      sentences += ids.equals(ParityFixture.ids(sentence.path("input_ids"))) ? 0 : 1;
    }
    int prompts = 0;
    int subjects = 0;
    int targets = 0;
    for (JsonNode request : fixture.requests()) {
      LocatedPrompt located =
          model
              .tokenizer()
              .locate(
                  SubjectPrompt.fill(
                      request.path("prompt").asText(), request.path("subject").asText()));
      TokenIds target = model.tokenizer().target(request.path("target_new").asText());
      prompts += located.ids().equals(ParityFixture.ids(request.path("prompt_ids"))) ? 0 : 1;
      subjects += located.lastSubjectToken() == request.path("subject_last_index").asInt() ? 0 : 1;
      targets += target.equals(ParityFixture.ids(request.path("target_ids"))) ? 0 : 1;
    }
    return List.of(
        Quantity.of("input_ids", sentences, 0),
        Quantity.of("prompt_ids", prompts, 0),
        Quantity.of("subject_last_index", subjects, 0),
        Quantity.of("target_ids", targets, 0));
  }

  /** Logits {@code [T, V]} and hidden states {@code [layers + 1, T, d]} of one row. */
  private static final class States {
    private final float[] logits;
    private final float[] hidden;

    States(float[] logits, float[] hidden) {
      this.logits = logits;
      this.hidden = hidden;
    }
  }

  /** The last hidden state counts after the final normalisation, as transformers reports it. */
  private static States read(Decoder decoder, TokenIds ids) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(ids.length());
      NDArray h = decoder.embed(TokenBatch.of(ids).ids(decoder.manager()), frame);
      float[] hidden = h.toFloatArray();
      int size = hidden.length;
      hidden = Arrays.copyOf(hidden, size * (decoder.config().layers() + 1));
      for (int layer = 0; layer < decoder.config().layers(); layer++) {
        h = decoder.block(layer, h, frame);
        boolean last = layer == decoder.config().layers() - 1;
        float[] state = (last ? decoder.normalise(h) : h).toFloatArray();
        System.arraycopy(state, 0, hidden, (layer + 1) * size, size);
      }
      return new States(decoder.logits(h).toFloatArray(), hidden);
    }
  }

  /** Next-token logits of prompts, one after another. */
  static float[] nextLogits(Decoder decoder, List<TokenIds> prompts) {
    int vocabulary = decoder.config().vocabulary();
    float[] all = new float[prompts.size() * vocabulary];
    for (int i = 0; i < prompts.size(); i++) {
      float[] logits = read(decoder, prompts.get(i)).logits;
      System.arraycopy(logits, logits.length - vocabulary, all, i * vocabulary, vocabulary);
    }
    return all;
  }
}
