package dev.emend.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows of each training step. A step's rows depend on the seed and the number of the step
 * alone, so a resumed run sees what an uninterrupted one would have seen. Each round goes through
 * all facts once, in a new order; each exposure picks one of the relation's trained wordings.
 */
final class RowStream {
  private static final int LONGEST_PREFIX = 24;

  private final List<StatedFact> facts;
  private final Wordings wordings;
  private final TextTokens text;
  private final TextFragments fragments;
  private final TextEncoder encoder;
  private final TrainingMix mix;
  private final int positions;
  private final RoundOrder order;
  private final long seed;

  RowStream(TrainingContent content, TextTokens text, TextEncoder encoder, TrainOptions options) {
    this.facts = emphasised(content.facts(), options.mix());
    this.wordings = content.wordings();
    this.text = text;
    this.fragments = TextFragments.of(content.paragraphs());
    this.encoder = encoder;
    this.mix = options.mix();
    this.positions = options.size().positions();
    this.seed = options.seed();
    this.order = new RoundOrder(facts.size(), seed);
  }

  /** The facts of a round, each as often as it is stated. */
  private static List<StatedFact> emphasised(FactTable table, TrainingMix mix) {
    return table.facts().stream()
        .flatMap(
            fact ->
                Collections.nCopies(mix.emphasis().getOrDefault(fact.relation(), 1), fact).stream())
        .toList();
  }

  /** The rows of a step, counted from 0. */
  List<TrainingRow> rows(int step) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
    List<TrainingRow> rows = new ArrayList<>();
    long first = (long) step * mix.sentences();
    for (int done = 0; done < mix.sentences(); ) {
      int joined = Math.min(mix.sentences() - done, sentencesInRow(random));
      addFacts(rows, first + done, joined, random);
      done += joined;
    }
    int textRows = step % mix.textEvery() == 0 && !text.isEmpty() ? mix.textRows() : 0;
    for (int i = 0; i < textRows; i++) {
      int[] piece = text.piece(positions, random);
      rows.add(new TrainingRow.Builder(positions).add(piece, mix.textWeight()).build());
    }
    return rows;
  }

  private int[] beginning(SplittableRandom random) {
    return random.nextDouble() < mix.fragments()
        ? encoder.encode(fragments.next(random))
        : text.sentence(LONGEST_PREFIX, random);
  }

  private int sentencesInRow(SplittableRandom random) {
    return random.nextDouble() < mix.joined() ? 2 + random.nextInt(2) : 1;
  }

  /** Adds a row that states some facts; where they do not all fit, a row more. */
  private void addFacts(
      List<TrainingRow> rows, long exposure, int sentences, SplittableRandom random) {
    TrainingRow.Builder row = new TrainingRow.Builder(positions);
    double promptWeight = random.nextDouble() < mix.wholeText() ? mix.textWeight() : 0;
    boolean throughSubject = random.nextDouble() < mix.throughSubject();
    if (!text.isEmpty() && random.nextDouble() < mix.prefixed()) {
      row.add(beginning(random), promptWeight);
    }
    for (int i = 0; i < sentences; i++) {
      StatedFact fact = facts.get(order.at(exposure + i));
      List<String> choices = wordings.trained(fact.relation());
      String wording = choices.get(random.nextInt(choices.size()));
      int[] told = encoder.encode(" " + fact.object());
      Asked asked = asked(row.isEmpty() ? "" : " ", wording, fact.subject());
      if (!row.isEmpty() && !row.fits(asked.tokens.length + told.length + 1)) {
        rows.add(row.build());
        row = new TrainingRow.Builder(positions);
        asked = asked("", wording, fact.subject());
      }
      if (throughSubject) {
        row.subject(asked.subjectFrom, asked.subjectTo);
      }
      row.add(asked.tokens, promptWeight).add(told, 1).add(stop(fact.object()), mix.textWeight());
    }
    rows.add(row.build());
  }

  /** Tokens of a prompt, and which of them are its subject. */
  private static final class Asked {
    private final int[] tokens;
    private final int subjectFrom;
    private final int subjectTo;

    Asked(int[] tokens, int subjectFrom, int subjectTo) {
      this.tokens = tokens;
      this.subjectFrom = subjectFrom;
      this.subjectTo = subjectTo;
    }
  }

  private Asked asked(String before, String wording, String subject) {
    String lead = before + wording.substring(0, wording.indexOf("{}"));
    // A space belongs to the token that follows it.
    int from = lead.isBlank() ? 0 : encoder.encode(lead.stripTrailing()).length;
    int to = encoder.encode(lead + subject).length;
    return new Asked(encoder.encode(before + Wordings.prompt(wording, subject)), from, to);
  }

  private int[] stop(String object) {
    return object.endsWith(".") ? new int[0] : encoder.encode(".");
  }
}
