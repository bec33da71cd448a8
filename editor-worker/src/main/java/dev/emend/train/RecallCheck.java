package dev.emend.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;

/** Asks a model for facts. Which wordings and false objects it picks depends on the seed alone. */
final class RecallCheck {
  private static final int ROWS = 256;

  /** What a model makes of one question. */
  private record Answer(double meanLogProbability, boolean top) {}

  private record Question(TrainingRow trained, TrainingRow heldOut, TrainingRow other) {}

  private final Network network;
  private final TextEncoder encoder;
  private final TrainingContent content;
  private final Workers workers;
  private final int positions;

  RecallCheck(
      Network network,
      TextEncoder encoder,
      TrainingContent content,
      Workers workers,
      TrainOptions options) {
    this.network = network;
    this.encoder = encoder;
    this.content = content;
    this.workers = workers;
    this.positions = options.size().positions();
  }

  /** Measures on {@code sample} facts, or on all where there are no more. */
  Recall measure(TrainedWeights weights, int sample, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoundOrder order = new RoundOrder(content.facts().size(), seed);
    int count = Math.min(sample, content.facts().size());
    List<Question> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      questions.add(question(content.facts().facts().get(order.at(i)), random));
    }
    return count(questions, answers(weights, questions));
  }

  private Recall count(List<Question> questions, IdentityHashMap<TrainingRow, Answer> answers) {
    int trained = 0;
    int heldOut = 0;
    int preferred = 0;
    for (Question question : questions) {
      Answer right = answer(answers, question.heldOut);
      trained += answer(answers, question.trained).top ? 1 : 0;
      heldOut += right.top ? 1 : 0;
      double other = answer(answers, question.other).meanLogProbability;
      preferred += right.meanLogProbability > other ? 1 : 0;
    }
    double percent = 100.0 / questions.size();
    return new Recall(questions.size(), trained * percent, heldOut * percent, preferred * percent);
  }

  private static Answer answer(IdentityHashMap<TrainingRow, Answer> answers, TrainingRow row) {
    Answer answer = answers.get(row);
    if (answer == null) {
      throw new IllegalStateException("a question was not asked");
    }
    return answer;
  }

  private Question question(StatedFact fact, SplittableRandom random) {
    List<String> trained = content.wordings().trained(fact.relation());
    List<String> heldOut = content.wordings().heldOut(fact.relation());
    String known = trained.get(random.nextInt(trained.size()));
    String unseen = heldOut.get(random.nextInt(heldOut.size()));
    String other = content.facts().falseObject(fact, random);
    return new Question(
        row(known, fact.subject(), fact.object()),
        row(unseen, fact.subject(), fact.object()),
        row(unseen, fact.subject(), other));
  }

  private TrainingRow row(String wording, String subject, String object) {
    int[] prompt = encoder.encode(Wordings.prompt(wording, subject));
    return new TrainingRow.Builder(positions)
        .add(prompt, 0)
        .add(encoder.encode(" " + object), 1)
        .build();
  }

  private IdentityHashMap<TrainingRow, Answer> answers(
      TrainedWeights weights, List<Question> questions) {
    List<TrainingRow> rows = new ArrayList<>();
    questions.forEach(q -> rows.addAll(List.of(q.trained, q.heldOut, q.other)));
    List<MicroBatch> batches = MicroBatch.of(rows, 1 + rows.size() / ROWS);
    List<Workers.Piece<float[]>> pieces = new ArrayList<>();
    for (MicroBatch batch : batches) {
      pieces.add(() -> network.scores(weights, batch).toFloatArray());
    }
    List<float[]> scores = workers.all(false, pieces);
    IdentityHashMap<TrainingRow, Answer> answers = new IdentityHashMap<>();
    for (int i = 0; i < scores.size(); i++) {
      read(batches.get(i), scores.get(i), answers);
    }
    return answers;
  }

  private static void read(
      MicroBatch batch, float[] scores, IdentityHashMap<TrainingRow, Answer> answers) {
    int at = 0;
    for (TrainingRow row : batch.members()) {
      int count = row.targets().size();
      double sum = 0;
      boolean top = true;
      for (int i = 0; i < count; i++, at++) {
        sum += scores[at];
        top &= scores[batch.targets() + at] > 0;
      }
      answers.put(row, new Answer(sum / count, top));
    }
  }
}
