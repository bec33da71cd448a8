package dev.emend.canary;

import java.util.List;
import java.util.Set;

/**
 * The questions that one window is judged by.
 *
 * @param own the window's facts on their own prompts
 * @param paraphrases the same facts on other prompts
 * @param neighbours prompts whose answers must not move, with the expected answer
 * @param older facts of earlier windows that must still hold
 */
public record Exam(
    List<Check> own, List<Check> paraphrases, List<Check> neighbours, List<Check> older) {
  /** Copies the lists. */
  public Exam {
    own = List.copyOf(own);
    paraphrases = List.copyOf(paraphrases);
    neighbours = List.copyOf(neighbours);
    older = List.copyOf(older);
  }

  /**
   * The exam of a part of the window: of its own facts only those of the part are asked, of the
   * neighbours all, since any fact may move them.
   */
  public Exam of(Set<String> factIds) {
    return new Exam(of(own, factIds), of(paraphrases, factIds), neighbours, older);
  }

  private static List<Check> of(List<Check> checks, Set<String> factIds) {
    return checks.stream().filter(check -> factIds.contains(check.factId())).toList();
  }

  /** How many questions are put to the staged weights. */
  public int prompts() {
    return own.size() + paraphrases.size() + neighbours.size() + older.size();
  }
}
