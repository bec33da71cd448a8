package dev.emend.evaluate;

import dev.emend.dataset.EditCase;
import dev.emend.dataset.NeighbourCase;
import dev.emend.model.Continuation;
import dev.emend.model.LanguageModel;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks a model all prompts of some cases at once and tallies the answers; cases may be asked in
 * portions, between which the model changes. Probabilities are compared by their mean logarithm a
 * token, as in CounterFact's own evaluation. Not thread-safe.
 */
final class CaseScorer {
  private static final int MORE_TOKENS = 2;

  private final LanguageModel model;
  private final Tally es = new Tally();
  private final Tally ps = new Tally();
  private final Tally ns = new Tally();
  private final Tally rewrite = new Tally();
  private final Tally paraphrase = new Tally();
  private final Tally neighbourhood = new Tally();
  private final Tally generation = new Tally();
  private int cases;

  CaseScorer(LanguageModel model) {
    this.model = model;
  }

  /** A prompt, what should be preferred after it, and over what; and where it counts. */
  private record Question(
      String prompt, String wanted, Optional<String> other, Tally preferred, Tally likeliest) {}

  /** Asks the model as it stands about these cases. */
  void ask(List<EditCase> asked) {
    List<List<Question>> questions = asked.stream().map(this::questions).toList();
    List<Continuation> continuations = new ArrayList<>();
    questions.forEach(own -> own.forEach(q -> continuations.addAll(continuations(q))));
    Iterator<Continuation.Score> scores = model.scorer().score(continuations).iterator();
    for (List<Question> own : questions) {
      own.forEach(question -> tally(question, scores));
      List.of(es, ps, ns, rewrite, paraphrase, neighbourhood).forEach(Tally::endCase);
    }
    generate(asked);
    cases += asked.size();
  }

  private List<Question> questions(EditCase edit) {
    String object = Objects.requireNonNull(edit.object(), "an asserted case has an object");
    Optional<String> truth = Optional.ofNullable(edit.groundTruth());
    List<Question> questions = new ArrayList<>();
    questions.add(new Question(edit.filledPrompt(), object, truth, es, rewrite));
    for (String prompt : edit.paraphrases()) {
      questions.add(new Question(prompt, object, truth, ps, paraphrase));
    }
    for (NeighbourCase other : edit.neighbours()) {
      questions.add(
          new Question(other.prompt(), other.expected(), Optional.of(object), ns, neighbourhood));
    }
    return questions;
  }

  private List<Continuation> continuations(Question question) {
    TokenIds prompt = model.tokenizer().encode(question.prompt()).ids();
    List<Continuation> continuations = new ArrayList<>();
    continuations.add(new Continuation(prompt, model.tokenizer().target(question.wanted())));
    question
        .other()
        .ifPresent(
            other -> continuations.add(new Continuation(prompt, model.tokenizer().target(other))));
    return continuations;
  }

  private static void tally(Question question, Iterator<Continuation.Score> scores) {
    Continuation.Score wanted = scores.next();
    question.likeliest().ask(wanted.isGreedy());
    if (question.other().isPresent()) {
      Continuation.Score other = scores.next();
      question.preferred().ask(wanted.meanLogProbability() > other.meanLogProbability());
    }
  }

  private void generate(List<EditCase> asked) {
    List<TokenIds> prompts = new ArrayList<>();
    int longest = 1;
    for (EditCase edit : asked) {
      prompts.add(model.tokenizer().encode(edit.filledPrompt()).ids());
      String object = Objects.requireNonNull(edit.object(), "an asserted case has an object");
      longest = Math.max(longest, model.tokenizer().target(object).length());
    }
    List<TokenIds> given = model.generator().continuations(prompts, longest + MORE_TOKENS);
    for (int i = 0; i < asked.size(); i++) {
      String text = model.tokenizer().decodePlain(given.get(i)).strip();
      generation.ask(beginsWith(text, Objects.requireNonNull(asked.get(i).object()).strip()));
      generation.endCase();
    }
  }

  /** Whether the text begins with the object as whole words. */
  private static boolean beginsWith(String text, String object) {
    return text.startsWith(object)
        && (text.length() == object.length()
            || !Character.isLetterOrDigit(text.charAt(object.length())));
  }

  /** Counts the answers that another scorer got as well. */
  void add(CaseScorer other) {
    List<Tally> own = tallies();
    List<Tally> others = other.tallies();
    for (int i = 0; i < own.size(); i++) {
      own.get(i).add(others.get(i));
    }
    cases += other.cases;
  }

  private List<Tally> tallies() {
    return List.of(es, ps, ns, rewrite, paraphrase, neighbourhood, generation);
  }

  /** The scores over all cases so far. */
  Scores scores() {
    return new Scores(
        cases,
        es.percent(),
        ps.percent(),
        ns.percent(),
        Scores.harmonicMean(es.percent(), ps.percent(), ns.percent()),
        rewrite.percent(),
        paraphrase.percent(),
        neighbourhood.percent(),
        generation.percent());
  }
}
