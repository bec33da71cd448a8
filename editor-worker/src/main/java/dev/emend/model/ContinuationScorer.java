package dev.emend.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Scores continuations of prompts, many at once. One thread at a time. */
public final class ContinuationScorer {
  private final Decoder decoder;
  private final MicroBatches batches;

  /** Scores with a decoder, reading at most that many tokens at once. */
  public ContinuationScorer(Decoder decoder, MicroBatches batches) {
    this.decoder = decoder;
    this.batches = batches;
  }

  /** One score for each continuation, in order. */
  public List<Continuation.Score> score(List<Continuation> continuations) {
    TreeMap<Integer, Continuation.Score> scores = new TreeMap<>();
    SharedRows shared = SharedRows.of(continuations);
    batches.forEach(
        shared.rows(),
        (indices, batch) -> {
          List<Question> questions = new ArrayList<>();
          for (int row = 0; row < indices.size(); row++) {
            for (int asked : shared.asked().get(indices.get(row))) {
              questions.add(new Question(asked, row, continuations.get(asked)));
            }
          }
          List<Continuation.Score> found = scoresOf(questions, batch);
          for (int i = 0; i < questions.size(); i++) {
            scores.put(questions.get(i).index(), found.get(i));
          }
        });
    return List.copyOf(scores.values());
  }

  /** A continuation that is read in a row of a batch. */
  private record Question(int index, int row, Continuation continuation) {}

  private List<Continuation.Score> scoresOf(List<Question> questions, TokenBatch batch) {
    List<Long> positions = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    for (Question question : questions) {
      int first = question.continuation().prompt().length() - 1;
      TokenIds target = question.continuation().target();
      for (int i = 0; i < target.length(); i++) {
        positions.add(batch.flat(question.row(), first + i));
        targets.add((long) target.at(i));
      }
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray logits = logits(batch, array(positions));
      float[] logProbabilities =
          decoder.ops().logProbability(logits, array(targets)).toFloatArray();
      long[] likeliest = decoder.ops().argmax(logits).toLongArray();
      return gather(
          questions.stream().map(Question::continuation).toList(), logProbabilities, likeliest);
    }
  }

  private NDArray logits(TokenBatch batch, NDArray positions) {
    NDManager manager = decoder.manager();
    Frame frame = decoder.frame(batch.length());
    NDArray h = decoder.embed(batch.ids(manager), frame);
    return decoder.logitsAt(decoder.run(h, 0, decoder.config().layers(), frame), positions);
  }

  private NDArray array(List<Long> values) {
    long[] plain = values.stream().mapToLong(Long::longValue).toArray();
    return NativeArrays.longs(decoder.manager(), plain, plain.length);
  }

  private static List<Continuation.Score> gather(
      List<Continuation> asked, float[] logProbabilities, long[] likeliest) {
    List<Continuation.Score> scores = new ArrayList<>();
    int at = 0;
    for (Continuation continuation : asked) {
      double sum = 0;
      int hits = 0;
      int tokens = continuation.target().length();
      for (int i = 0; i < tokens; i++, at++) {
        sum += logProbabilities[at];
        hits += likeliest[at] == continuation.target().at(i) ? 1 : 0;
      }
      scores.add(new Continuation.Score(sum, tokens, hits));
    }
    return scores;
  }
}
