package dev.emend.memit;

import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One fact as the model reads it, or several facts of one subject that share a delta.
 *
 * @param prompts the prompt in each context template, the plain one first; those of several facts
 *     one fact after the other
 * @param rows each prompt followed by its target without the last token; the target's tokens are
 *     predicted at the last |target| positions
 * @param essence "{subject} is a", where drift of the subject's meaning is measured
 * @param targets the object's tokens of each row, at least one
 */
record EditTokens(
    List<LocatedPrompt> prompts,
    List<LocatedPrompt> rows,
    LocatedPrompt essence,
    List<TokenIds> targets) {
  EditTokens {
    prompts = List.copyOf(prompts);
    rows = List.copyOf(rows);
    targets = List.copyOf(targets);
    if (rows.size() != prompts.size() || targets.size() != prompts.size()) {
      throw new IllegalArgumentException(
          "%d rows and %d targets for %d prompts"
              .formatted(rows.size(), targets.size(), prompts.size()));
    }
    if (prompts.isEmpty() || targets.stream().anyMatch(TokenIds::isEmpty)) {
      throw new IllegalArgumentException("a fact needs prompts and a target");
    }
  }

  /** One fact, whose rows all have the same target. */
  EditTokens(
      List<LocatedPrompt> prompts,
      List<LocatedPrompt> rows,
      LocatedPrompt essence,
      TokenIds target) {
    this(prompts, rows, essence, Collections.nCopies(rows.size(), target));
  }

  /** Facts of one subject as one problem: all their rows, the essence once. */
  static EditTokens joint(List<EditTokens> facts) {
    if (facts.size() == 1) {
      return facts.get(0);
    }
    List<LocatedPrompt> prompts = new ArrayList<>();
    List<LocatedPrompt> rows = new ArrayList<>();
    List<TokenIds> targets = new ArrayList<>();
    for (EditTokens fact : facts) {
      prompts.addAll(fact.prompts);
      rows.addAll(fact.rows);
      targets.addAll(fact.targets);
    }
    return new EditTokens(prompts, rows, facts.get(0).essence, targets);
  }

  /** The plain prompt. */
  LocatedPrompt plain() {
    return prompts.get(0);
  }

  /** The object's tokens. */
  TokenIds target() {
    return targets.get(0);
  }

  /** The same fact in the plain prompt only. */
  EditTokens plainAlone() {
    return new EditTokens(List.of(plain()), List.of(rows.get(0)), essence, target());
  }

  /** A row cut after the subject: all that a key or a hidden state there needs. */
  static LocatedPrompt upToSubject(LocatedPrompt row) {
    int last = row.lastSubjectToken();
    return new LocatedPrompt(row.ids().slice(0, last + 1), last);
  }

  /** The longest row with its target, in tokens. */
  int longest() {
    return 1 + rows.stream().mapToInt(row -> row.ids().length()).max().orElseThrow();
  }

  /** Tokens of a row from the subject's last one to the end, at most: what a step recomputes. */
  int suffix() {
    return IntStream.range(0, rows.size())
        .map(i -> rows.get(i).ids().length() - prompts.get(i).lastSubjectToken())
        .max()
        .orElseThrow();
  }
}
