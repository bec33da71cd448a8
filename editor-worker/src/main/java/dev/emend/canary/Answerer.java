package dev.emend.canary;

import java.util.List;

/**
 * A model that can be asked, as its weights are at the moment of asking. Not thread-safe: to be
 * used by the thread that owns the weights.
 */
@FunctionalInterface
public interface Answerer {
  /**
   * Continues each claim's prompt greedily.
   *
   * @return one answer a claim, in the same order
   */
  List<Answer> ask(List<Claim> claims);
}
