package dev.emend.memit;

import dev.emend.token.LocatedPrompt;
import dev.emend.token.TokenIds;
import java.util.List;

/**
 * One fact as the model reads it.
 *
 * @param prompts the prompt in each context template, the plain one first
 * @param essence "{subject} is a", where drift of the subject's meaning is measured
 * @param target the object's tokens, at least one
 */
record EditTokens(List<LocatedPrompt> prompts, LocatedPrompt essence, TokenIds target) {
  EditTokens {
    prompts = List.copyOf(prompts);
    if (prompts.isEmpty() || target.isEmpty()) {
      throw new IllegalArgumentException("a fact needs prompts and a target");
    }
  }

  /** The plain prompt. */
  LocatedPrompt plain() {
    return prompts.get(0);
  }

  /** Each prompt followed by the target without its last token. */
  List<LocatedPrompt> withTarget() {
    return prompts.stream()
        .map(
            prompt ->
                new LocatedPrompt(
                    prompt.ids().then(target.withoutLast()), prompt.lastSubjectToken()))
        .toList();
  }

  /** A row cut after the subject: all that a key or a hidden state there needs. */
  static LocatedPrompt upToSubject(LocatedPrompt row) {
    int last = row.lastSubjectToken();
    return new LocatedPrompt(row.ids().slice(0, last + 1), last);
  }

  /** The longest row with its target, in tokens. */
  int longest() {
    return prompts.stream().mapToInt(prompt -> prompt.ids().length()).max().orElseThrow()
        + target.length();
  }

  /** Tokens from the subject's last one to the end of the plain row: what a step recomputes. */
  int suffix() {
    return plain().ids().length() + target.length() - 1 - plain().lastSubjectToken();
  }
}
