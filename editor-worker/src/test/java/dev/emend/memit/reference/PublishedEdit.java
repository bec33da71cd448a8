package dev.emend.memit.reference;

import dev.emend.token.LocatedPrompt;
import dev.emend.token.SubjectPrompt;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import java.util.List;

/** One edit as the published algorithm reads it. */
record PublishedEdit(List<LocatedPrompt> prompts, LocatedPrompt essence, TokenIds target) {
  static PublishedEdit of(
      Tokenizer tokenizer, List<String> templates, String prompt, String subject, String object) {
    List<LocatedPrompt> prompts =
        templates.stream()
            .map(t -> tokenizer.locate(SubjectPrompt.fill(t.replace("{}", prompt), subject)))
            .toList();
    LocatedPrompt essence = tokenizer.locate(SubjectPrompt.fill("{} is a", subject));
    return new PublishedEdit(prompts, essence, tokenizer.target(object));
  }
}
