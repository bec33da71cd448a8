package dev.emend.memit;

import dev.emend.token.LocatedPrompt;
import dev.emend.token.SubjectPrompt;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;

/** How a prompt and the target after it become one row of tokens. */
public enum TargetJoin {
  /** The prompt's tokens, then the target's: what the model reads when it answers. */
  TOKENS {
    @Override
    LocatedPrompt join(
        Tokenizer tokenizer, SubjectPrompt text, LocatedPrompt prompt, TokenIds target) {
      return new LocatedPrompt(prompt.ids().then(target.withoutLast()), prompt.lastSubjectToken());
    }
  },
  /**
   * The tokens of the joined text, as the public implementations do it. With a tokenizer that drops
   * a leading blank when it decodes, the row is a token short and the targets are read one position
   * early: kept for comparison only.
   */
  TEXT {
    @Override
    LocatedPrompt join(
        Tokenizer tokenizer, SubjectPrompt text, LocatedPrompt prompt, TokenIds target) {
      String more = target.length() == 1 ? "" : tokenizer.decode(target.withoutLast());
      return tokenizer.locate(new SubjectPrompt(text.text() + more, text.subject()));
    }
  };

  abstract LocatedPrompt join(
      Tokenizer tokenizer, SubjectPrompt text, LocatedPrompt prompt, TokenIds target);
}
