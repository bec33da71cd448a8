package dev.emend.demo;

import dev.emend.model.Continuation;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says to some questions.
 *
 * @param replies by question, in the order in which they were asked
 */
public record Interview(Map<Question, Reply> replies) {
  private static final int LONGEST = 12;

  /** Copies the map and keeps its order. */
  public Interview {
    replies = Collections.unmodifiableMap(new LinkedHashMap<>(replies));
  }

  /** Opens a model folder, asks, and lets the model go. */
  static Interview of(Path folder, List<Question> questions) {
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.defaults())) {
      return of(model, questions);
    }
  }

  private static Interview of(LanguageModel model, List<Question> questions) {
    Tokenizer tokenizer = model.tokenizer();
    List<Continuation> wanted =
        questions.stream()
            .map(
                question ->
                    new Continuation(
                        tokenizer.encode(question.prompt()).ids(),
                        tokenizer.target(question.answer())))
            .toList();
    List<TokenIds> prompts = wanted.stream().map(Continuation::prompt).toList();
    List<TokenIds> said = model.generator().continuations(prompts, LONGEST);
    List<Continuation.Score> scores = model.scorer().score(wanted);
    Map<Question, Reply> replies = new LinkedHashMap<>();
    for (int i = 0; i < said.size(); i++) {
      int length = Math.min(said.get(i).length(), wanted.get(i).target().length());
      Reply reply =
          new Reply(
              sentence(tokenizer.decodePlain(said.get(i))),
              scores.get(i).isGreedy(),
              tokenizer.decodePlain(said.get(i).slice(0, length)));
      replies.put(questions.get(i), reply);
    }
    return new Interview(replies);
  }

  /** The reply to a question that was asked. */
  public Reply reply(Question question) {
    Reply reply = replies.get(question);
    if (reply == null) {
      throw new IllegalArgumentException("never asked: " + question.prompt());
    }
    return reply;
  }

  /** To how many of these questions the reply differs from that of another interview. */
  long differences(Interview other, List<Question> questions) {
    return questions.stream()
        .filter(question -> !reply(question).head().equals(other.reply(question).head()))
        .count();
  }

  private static String sentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text.strip() : text.substring(0, end).strip();
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
