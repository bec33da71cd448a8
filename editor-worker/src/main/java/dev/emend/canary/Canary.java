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
 * as the {@link Answerer} is.
 *
 * <p>A neighbour stays if the staged weights give the expected answer, or the answer that the
 * parent version gave: an edit is not blamed for what the model did not know before.
 */
public final class Canary {
  private Canary() {}

  /**
   * The parent version's answers to the window's own and to the neighbour prompts; to be taken
   * before the edit.
   */
  public static Map<Claim, Answer> before(Exam exam, Answerer parent) {
    List<Check> checks = Stream.concat(exam.own().stream(), exam.neighbours().stream()).toList();
    List<Answer> answers = ask(parent, checks);
    Map<Claim, Answer> byClaim = new HashMap<>();
    for (int i = 0; i < checks.size(); i++) {
      byClaim.put(checks.get(i).claim(), answers.get(i));
    }
    return byClaim;
  }

  /**
   * Measures staged weights.
   *
   * @param parentAnswers what {@link #before} returned for an exam with the same neighbours
   */
  public static Judgement judge(Exam exam, Map<Claim, Answer> parentAnswers, Answerer staged) {
    List<Answer> own = ask(staged, exam.own());
    Set<String> missed = new HashSet<>();
    for (int i = 0; i < own.size(); i++) {
      if (!exam.own().get(i).metBy(own.get(i))) {
        missed.add(exam.own().get(i).factId());
      }
    }
    Double efficacy = met(exam.own(), own);
    CanaryScores scores =
        CanaryScores.newBuilder()
            // Without a question nothing failed: a window that takes out facts nobody can name.
            .setEfficacy(efficacy == null ? 1 : efficacy)
            .setParaphrase(met(exam.paraphrases(), ask(staged, exam.paraphrases())))
            .setLocality(kept(exam.neighbours(), parentAnswers, ask(staged, exam.neighbours())))
            .setRetest(met(exam.older(), ask(staged, exam.older())))
            .setPrompts(exam.prompts())
            .setOwnPrompts(exam.own().size())
            .setParaphrasePrompts(exam.paraphrases().size())
            .setNeighbourPrompts(exam.neighbours().size())
            .setOlderPrompts(exam.older().size())
            .build();
    return new Judgement(scores, missed);
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

  private static @Nullable Double met(List<Check> checks, List<Answer> answers) {
    int met = 0;
    for (int i = 0; i < checks.size(); i++) {
      met += checks.get(i).metBy(answers.get(i)) ? 1 : 0;
    }
    return share(met, checks.size());
  }

  private static @Nullable Double kept(
      List<Check> neighbours, Map<Claim, Answer> before, List<Answer> after) {
    int kept = 0;
    for (int i = 0; i < neighbours.size(); i++) {
      Answer parent = before.get(neighbours.get(i).claim());
      boolean same = parent != null && parent.text().equals(after.get(i).text());
      kept += same || after.get(i).asClaimed() ? 1 : 0;
    }
    return share(kept, neighbours.size());
  }

  private static @Nullable Double share(int count, int of) {
    return of == 0 ? null : (double) count / of;
  }
}
