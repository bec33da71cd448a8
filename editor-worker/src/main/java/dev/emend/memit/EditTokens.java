package dev.emend.memit;

import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.List;

/**
 * One fact as the model reads it.
 *
 * @param prompts the prompt in each context template, the plain one first
 * @param rows each prompt followed by the target without its last token; the target's tokens are
 *     predicted at the last |target| positions
 * @param essence "{subject} is a", where drift of the subject's meaning is measured
 * @param target the object's tokens, at least one
 */
record EditTokens(
    List<LocatedPrompt> prompts, List<LocatedPrompt> rows, LocatedPrompt essence, TokenIds target) {
  EditTokens {
    prompts = List.copyOf(prompts);
    rows = List.copyOf(rows);
    if (rows.size() != prompts.size()) {
      throw new IllegalArgumentException(rows.size() + " rows for " + prompts.size());
    }
    if (prompts.isEmpty() || target.isEmpty()) {
      throw new IllegalArgumentException("a fact needs prompts and a target");
    }
  }

  /** The plain prompt. */
  LocatedPrompt plain() {
    return prompts.get(0);
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

  /** Tokens from the subject's last one to the end of the plain row: what a step recomputes. */
  int suffix() {
    return rows.get(0).ids().length() - plain().lastSubjectToken();
  }
}
