package dev.emend.canary;

import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.StandingFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws up the questions for a window. Stateless, hence thread-safe. */
public final class ExamWriter {
  private final CanarySettings settings;

  /** Asks as much as {@code settings} say. */
  public ExamWriter(CanarySettings settings) {
    this.settings = settings;
  }

  /**
   * The exam of a window. The same window and ledger give the same exam.
   *
   * @param batchId of the window; decides, with the seed, which prompts are drawn
   * @param turn whose turn it is among the older facts; one further each time sees all of them
   * @param items the items that are edited
   * @param ledger as it stands before the window
   */
  public Exam write(String batchId, long turn, Collection<BatchItem> items, FactLedger ledger) {
    Random random = new Random(settings.seed() ^ batchId.hashCode());
    List<Check> own = new ArrayList<>();
    List<Check> paraphrases = new ArrayList<>();
    List<Check> neighbours = new ArrayList<>();
    for (BatchItem item : items) {
      if (item.getOp() == FactOp.ASSERT) {
        own.add(asserted(item, inPrompt(item.getPrompt(), item.getSubject())));
        item.getParaphrases().forEach(prompt -> paraphrases.add(asserted(item, prompt)));
      } else {
        ledger.find(item.getFactId()).ifPresent(fact -> own.add(retracted(fact)));
      }
      item.getNeighbours().stream()
          .filter(n -> !n.getExpected().isBlank())
          .forEach(n -> neighbours.add(wanted(item.getFactId(), n.getPrompt(), n.getExpected())));
    }
    return new Exam(
        own,
        atMost(settings.maxParaphrases(), paraphrases, random),
        atMost(settings.maxNeighbours(), neighbours, random),
        older(turn, items, ledger));
  }

  /**
   * An exam of standing facts alone. The same occasion and ledger give the same exam.
   *
   * @param occasion decides, with the seed, which facts are drawn
   */
  public Exam write(String occasion, int facts, FactLedger ledger) {
    Random random = new Random(settings.seed() ^ occasion.hashCode());
    return new Exam(
        List.of(), List.of(), List.of(), checks(ledger.sample(facts, Set.of(), random)));
  }

  private List<Check> older(long turn, Collection<BatchItem> items, FactLedger ledger) {
    Set<String> edited = items.stream().map(BatchItem::getFactId).collect(Collectors.toSet());
    RotatingSample sample = new RotatingSample(settings.seed());
    return checks(sample.draw(turn, settings.olderFacts(), ledger.facts(), edited));
  }

  private static List<Check> checks(List<StandingFact> facts) {
    return facts.stream()
        .map(f -> wanted(f.factId(), inPrompt(f.prompt(), f.subject()), f.object()))
        .toList();
  }

  private static Check asserted(BatchItem item, String prompt) {
    return wanted(item.getFactId(), prompt, item.getObject());
  }

  /** A retracted object shall be gone, unless the base model says the same. */
  private static Check retracted(StandingFact fact) {
    Claim claim = new Claim(inPrompt(fact.prompt(), fact.subject()), fact.object());
    return new Check(fact.factId(), claim, fact.object().equals(fact.baseAnswer()));
  }

  private static Check wanted(String factId, String prompt, String text) {
    return new Check(factId, new Claim(prompt, text), true);
  }

  private static String inPrompt(String prompt, String subject) {
    return prompt.replace("{}", subject);
  }

  private static List<Check> atMost(int count, List<Check> checks, Random random) {
    if (checks.size() <= count) {
      return checks;
    }
    List<Check> drawn = new ArrayList<>(checks);
    Collections.shuffle(drawn, random);
    return drawn.subList(0, count);
  }
}
