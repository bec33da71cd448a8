package dev.emend.memit.reference;

import dev.emend.memit.ContextTemplates;
import dev.emend.memit.EditRequest;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.SubjectPrompt;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * One edit as the published algorithm reads it.
 *
 * @param prompts the prompt in each context template, the plain one first
 * @param essence "{subject} is a"
 * @param target tokens of the object
 */
public record PublishedEdit(List<LocatedPrompt> prompts, LocatedPrompt essence, TokenIds target) {
  /** Copies the list. */
  public PublishedEdit {
    prompts = List.copyOf(prompts);
  }

  /**
   * Reads an edit.
   *
   * @param templates those in use, the plain one first
   */
  public static PublishedEdit of(
      Tokenizer tokenizer, List<String> templates, EditRequest.Assert fact) {
    List<LocatedPrompt> prompts =
        templates.stream()
            .map(template -> template.replace(ContextTemplates.PLACE, fact.prompt()))
            .map(prompt -> tokenizer.locate(SubjectPrompt.fill(prompt, fact.subject())))
            .toList();
    LocatedPrompt essence = tokenizer.locate(SubjectPrompt.fill("{} is a", fact.subject()));
    return new PublishedEdit(prompts, essence, tokenizer.target(fact.object()));
  }

  /** The prompts with the target but for its last token, then the essence. */
  List<LocatedPrompt> rows() {
    List<LocatedPrompt> rows = new ArrayList<>();
    for (LocatedPrompt prompt : prompts) {
      rows.add(
          new LocatedPrompt(prompt.ids().then(target.withoutLast()), prompt.lastSubjectToken()));
    }
    rows.add(essence);
    return rows;
  }
}
