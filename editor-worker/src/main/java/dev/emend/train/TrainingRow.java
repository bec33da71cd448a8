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

  /** Tokens {@code from} to {@code to - 1}: a subject that others see by its last token alone. */
  record Span(int from, int to) {
    boolean holds(int position) {
      return from <= position && position < to;
    }
  }

  private final int[] tokens;
  private final List<Target> targets;
  private final List<Span> subjects;

  private TrainingRow(int[] tokens, List<Target> targets, List<Span> subjects) {
    this.tokens = tokens;
    this.targets = List.copyOf(targets);
    this.subjects = List.copyOf(subjects);
  }

  /** Subjects that are to be understood where they end; empty if nothing is hidden. */
  List<Span> subjects() {
    return subjects;
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
    private final List<Span> subjects = new ArrayList<>();

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

    /** Says that tokens {@code from} to {@code to - 1} of the piece to be added are a subject. */
    Builder subject(int from, int to) {
      int start = tokens.size() + from;
      int end = Math.min(longest, tokens.size() + to);
      if (start < end) {
        subjects.add(new Span(start, end));
      }
      return this;
    }

    TrainingRow build() {
      int[] all = tokens.stream().mapToInt(Integer::intValue).toArray();
      return new TrainingRow(all, targets, subjects);
    }
  }
}
