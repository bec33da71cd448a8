package dev.emend.worker;

import dev.emend.canary.Answer;
import dev.emend.canary.Answerer;
import dev.emend.canary.Claim;
import dev.emend.fault.Fault;
import dev.emend.model.LanguageModel;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a language model by greedy continuation. A claim that the model cannot read, because its
 * prompt is too long or has no tokens, is answered by nothing: questions come from publishers, and
 * a bad one must not cost the window. Not thread-safe, as the model.
 */
public final class ModelAnswerer implements Answerer {
  private static final Logger log = LoggerFactory.getLogger(ModelAnswerer.class);
  private static final Answer NOTHING = new Answer("", false);

  private final LanguageModel model;

  /** Asks {@code model} with the weights that it has when asked. */
  public ModelAnswerer(LanguageModel model) {
    this.model = model;
  }

  private record Question(int index, TokenIds prompt, TokenIds claimed) {}

  @Override
  public List<Answer> ask(List<Claim> claims) {
    List<Answer> answers = new ArrayList<>(Collections.nCopies(claims.size(), NOTHING));
    // Continuations stop together, so claims of one length are asked together.
    SortedMap<Integer, List<Question>> byLength = new TreeMap<>();
    for (int i = 0; i < claims.size(); i++) {
      question(i, claims.get(i))
          .ifPresent(
              q -> byLength.computeIfAbsent(q.claimed().length(), l -> new ArrayList<>()).add(q));
    }
    byLength.forEach((length, questions) -> ask(questions, length, answers));
    return answers;
  }

  private Optional<Question> question(int index, Claim claim) {
    try {
      TokenIds prompt = model.tokenizer().encode(claim.prompt()).ids();
      TokenIds claimed = model.tokenizer().target(claim.text());
      boolean readable =
          !prompt.isEmpty() && prompt.length() + claimed.length() <= model.config().positions();
      return readable ? Optional.of(new Question(index, prompt, claimed)) : Optional.empty();
    } catch (Fault e) {
      log.debug("a question counts as unanswered: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void ask(List<Question> questions, int length, List<Answer> answers) {
    List<TokenIds> given =
        model.generator().continuations(questions.stream().map(Question::prompt).toList(), length);
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      String text = model.tokenizer().decodePlain(given.get(i)).strip();
      answers.set(question.index(), new Answer(text, given.get(i).equals(question.claimed())));
    }
  }
}
