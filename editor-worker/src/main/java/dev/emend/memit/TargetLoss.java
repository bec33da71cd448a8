package dev.emend.memit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.emend.model.NativeArrays;
import dev.emend.model.SuffixReplay;
import dev.emend.token.TokenIds;
import java.util.List;

/**
 * What the loss of a group of facts reads: at which tokens of a replay, which targets, with which
 * weight.
 *
 * <p>For R rows and a target of n tokens, each log-probability weighs {@code 1 / (R n)}, so that a
 * fact's sum is the mean over its rows of the mean over target tokens; facts of one subject that
 * share a delta count alike.
 */
final class TargetLoss {
  private final int facts;
  private final long[] where;
  private final long[] targets;
  private final float[] weight;
  private final int[] owner;

  /**
   * The reading plan.
   *
   * @param facts in the order of their rows; the rows of one fact are adjacent, a row a template
   * @param replay of those rows
   */
  TargetLoss(List<EditTokens> facts, SuffixReplay replay) {
    int reads = facts.stream().flatMap(f -> f.targets().stream()).mapToInt(TokenIds::length).sum();
    this.facts = facts.size();
    where = new long[reads];
    targets = new long[reads];
    weight = new float[reads];
    owner = new int[reads];
    int at = 0;
    int row = 0;
    for (int fact = 0; fact < facts.size(); fact++) {
      EditTokens edit = facts.get(fact);
      for (int own = 0; own < edit.rows().size(); own++) {
        TokenIds target = edit.targets().get(own);
        int length = target.length();
        int end = edit.rows().get(own).ids().length();
        for (int i = 0; i < length; i++, at++) {
          where[at] = replay.flat(row, end - length + i);
          targets[at] = target.at(i);
          weight[at] = 1f / (edit.prompts().size() * length);
          owner[at] = fact;
        }
        row++;
      }
    }
  }

  /** Flat suffix tokens at which targets are read, int64 {@code [M]}. */
  NDArray where(NDManager manager) {
    return NativeArrays.longs(manager, where, where.length);
  }

  /** Target ids, int64 {@code [M]}. */
  NDArray targets(NDManager manager) {
    return NativeArrays.longs(manager, targets, targets.length);
  }

  /** Weights of the negative log-probabilities, fp32 {@code [M]}. */
  NDArray weights(NDManager manager) {
    return NativeArrays.floats(manager, weight, weight.length);
  }

  /** Loss of each fact from the log-probabilities of its targets. */
  double[] losses(float[] logProbabilities) {
    double[] losses = new double[facts];
    for (int i = 0; i < owner.length; i++) {
      losses[owner[i]] -= (double) weight[i] * logProbabilities[i];
    }
    return losses;
  }
}
