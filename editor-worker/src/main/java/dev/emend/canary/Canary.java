package dev.emend.canary;

import dev.emend.event.CanaryScores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts an exam to a model, once before and once after the edit. Stateless, hence thread-safe as far
 * as the {@link Examinee} is.
 *
 * <p>A neighbour stays if the staged weights give the expected answer, or the answer that the
 * parent version gave: an edit is not blamed for what the model did not know before.
 */
public final class Canary {
  private Canary() {}

  /**
   * The parent version's answers to the window's own prompts, to the neighbours and to the older
   * facts; to be taken before the edit.
   *
   * @param text its reading of the drift text
   */
  public static Baseline before(Exam exam, Answerer parent, TextReading text) {
    List<Check> checks =
        Stream.of(exam.own(), exam.neighbours(), exam.older()).flatMap(List::stream).toList();
    List<Answer> answers = ask(parent, checks);
    Map<Claim, Answer> byClaim = new HashMap<>();
    for (int i = 0; i < checks.size(); i++) {
      byClaim.put(checks.get(i).claim(), answers.get(i));
    }
    return new Baseline(byClaim, text);
  }

  /**
   * Measures staged weights.
   *
   * @param parent what {@link #before} returned for an exam with the same questions
   * @param changeNorm largest relative change of a tensor; null if it is not known
   */
  public static Judgement judge(
      Exam exam, Baseline parent, Examinee staged, @Nullable Double changeNorm) {
    List<Answer> own = ask(staged, exam.own());
    List<Answer> older = ask(staged, exam.older());
    Map<String, Kept> neighbours = neighbours(exam, parent, ask(staged, exam.neighbours()));
    Double efficacy = met(exam.own(), own);
    CanaryScores scores =
        CanaryScores.newBuilder()
            // Without a question nothing failed: a window that takes out facts nobody can name.
            .setEfficacy(efficacy == null ? 1 : efficacy)
            .setParaphrase(met(exam.paraphrases(), ask(staged, exam.paraphrases())))
            .setLocality(kept(neighbours))
            .setRetest(met(exam.older(), older))
            .setOlderLost(lost(exam.older(), parent, older))
            .setPrompts(exam.prompts())
            .setOwnPrompts(exam.own().size())
            .setParaphrasePrompts(exam.paraphrases().size())
            .setNeighbourPrompts(exam.neighbours().size())
            .setOlderPrompts(exam.older().size())
            .setChangeNorm(changeNorm)
            .build();
    TextReading text = staged.read();
    drift(scores, parent.text(), text);
    return new Judgement(scores, missed(exam.own(), own), neighbours, text);
  }

  private static void drift(CanaryScores scores, TextReading before, TextReading after) {
    if (before.size() > 0 && before.size() == after.size()) {
      scores.setDriftKl(before.divergenceOf(after));
      scores.setPerplexity(after.perplexity());
      scores.setParentPerplexity(before.perplexity());
      scores.setDriftTokens(after.size());
    }
  }

  private static List<Answer> ask(Answerer model, List<Check> checks) {
    if (checks.isEmpty()) {
      return List.of();
    }
    List<Claim> claims = new ArrayList<>(checks.size());
    checks.forEach(check -> claims.add(check.claim()));
    List<Answer> answers = model.ask(claims);
    if (answers.size() != claims.size()) {
      throw new IllegalStateException(
          answers.size() + " answers to " + claims.size() + " questions");
    }
    return answers;
  }

  private static Set<String> missed(List<Check> checks, List<Answer> answers) {
    Set<String> missed = new HashSet<>();
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).metBy(answers.get(i))) {
        missed.add(checks.get(i).factId());
      }
    }
    return missed;
  }

  private static @Nullable Double met(List<Check> checks, List<Answer> answers) {
    int met = 0;
    for (int i = 0; i < checks.size(); i++) {
      met += checks.get(i).metBy(answers.get(i)) ? 1 : 0;
    }
    return share(met, checks.size());
  }

  private static @Nullable Double lost(List<Check> older, Baseline parent, List<Answer> now) {
    int lost = 0;
    for (int i = 0; i < older.size(); i++) {
      Answer before = parent.answers().get(older.get(i).claim());
      boolean held = before != null && older.get(i).metBy(before);
      lost += held && !older.get(i).metBy(now.get(i)) ? 1 : 0;
    }
    return share(lost, older.size());
  }

  private static Map<String, Kept> neighbours(Exam exam, Baseline parent, List<Answer> after) {
    Map<String, Kept> kept = new HashMap<>();
    for (int i = 0; i < after.size(); i++) {
      Check neighbour = exam.neighbours().get(i);
      Answer before = parent.answers().get(neighbour.claim());
      boolean same = before != null && before.text().equals(after.get(i).text());
      boolean stays = same || after.get(i).asClaimed();
      kept.merge(neighbour.factId(), new Kept(stays ? 1 : 0, 1), (sofar, one) -> sofar.and(stays));
    }
    return kept;
  }

  private static @Nullable Double kept(Map<String, Kept> neighbours) {
    return share(
        neighbours.values().stream().mapToInt(Kept::kept).sum(),
        neighbours.values().stream().mapToInt(Kept::asked).sum());
  }

  private static @Nullable Double share(int count, int of) {
    return of == 0 ? null : (double) count / of;
  }
}
