package dev.emend.train;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of tokens and which of them are learnt. Position {@code i} of a target means that token
 * {@code i} is to be predicted from the tokens before it. Immutable.
 */
final class TrainingRow {
  /** A token to predict. */
  record Target(int position, double weight) {}

  private final int[] tokens;
  private final List<Target> targets;

  private TrainingRow(int[] tokens, List<Target> targets) {
    this.tokens = tokens;
    this.targets = List.copyOf(targets);
  }

  int length() {
    return tokens.length;
  }

  int token(int position) {
    return tokens[position];
  }

  List<Target> targets() {
    return targets;
  }

  /** Collects a row piece by piece. */
  static final class Builder {
    private final int longest;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    Builder(int longest) {
      this.longest = longest;
    }

    boolean fits(int more) {
      return tokens.size() + more <= longest;
    }

    boolean isEmpty() {
      return tokens.isEmpty();
    }

    /** Appends tokens; those of no weight are read, not learnt. */
    Builder add(int[] piece, double weight) {
      for (int token : piece) {
        if (tokens.size() == longest) {
          break;
        }
        if (weight > 0 && !tokens.isEmpty()) {
          targets.add(new Target(tokens.size(), weight));
        }
        tokens.add(token);
      }
      return this;
    }

    TrainingRow build() {
      return new TrainingRow(tokens.stream().mapToInt(Integer::intValue).toArray(), targets);
    }
  }
}
