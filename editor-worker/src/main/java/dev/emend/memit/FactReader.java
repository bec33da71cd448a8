package dev.emend.memit;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.fault.RejectReason;
import dev.emend.token.LocatedPrompt;
import dev.emend.token.SubjectPrompt;
import dev.emend.token.TokenIds;
import dev.emend.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a fact into the tokens that the editor works on, or says why it cannot. Immutable;
 * thread-safe as its tokenizer is.
 */
public final class FactReader {
  private static final String ESSENCE = SubjectPrompt.PLACEHOLDER + " is a";

  private final Tokenizer tokenizer;
  private final List<String> templates;
  private final int positions;
  private final TargetJoin join;

  private FactReader(Tokenizer tokenizer, List<String> templates, int positions, TargetJoin join) {
    this.tokenizer = tokenizer;
    this.templates = templates;
    this.positions = positions;
    this.join = join;
  }

  /**
   * A reader.
   *
   * @param positions the longest sequence that the model can read
   */
  public static FactReader of(Tokenizer tokenizer, EditorSettings settings, int positions) {
    return of(tokenizer, settings, positions, TargetJoin.TOKENS);
  }

  /** A reader that joins prompt and target in a given way. */
  public static FactReader of(
      Tokenizer tokenizer, EditorSettings settings, int positions, TargetJoin join) {
    List<String> templates =
        settings.templates().texts().subList(0, settings.numbers().templates());
    return new FactReader(tokenizer, List.copyOf(templates), positions, join);
  }

  /** Reads a fact. */
  ReadFact read(EditRequest.Assert fact) {
    if (fact.object().isBlank()) {
      return new ReadFact.Unusable(RejectReason.OBJECT_EMPTY, "the object is empty");
    }
    if (fact.subject().isBlank()) {
      return new ReadFact.Unusable(RejectReason.SUBJECT_EMPTY, "the subject is empty");
    }
    try {
      return fitting(tokens(fact));
    } catch (Fault e) {
      return new ReadFact.Unusable(reason(e.code()), String.valueOf(e.getMessage()));
    }
  }

  private EditTokens tokens(EditRequest.Assert fact) {
    SubjectPrompt plain = SubjectPrompt.fill(fact.prompt(), fact.subject());
    TokenIds target = tokenizer.target(fact.object());
    List<SubjectPrompt> texts =
        templates.stream().map(template -> within(template, fact, plain)).toList();
    List<LocatedPrompt> prompts = texts.stream().map(tokenizer::locate).toList();
    List<LocatedPrompt> rows = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      rows.add(join.join(tokenizer, texts.get(i), prompts.get(i), target));
    }
    LocatedPrompt essence = tokenizer.locate(SubjectPrompt.fill(ESSENCE, fact.subject()));
    return new EditTokens(prompts, rows, essence, target);
  }

  private static SubjectPrompt within(
      String template, EditRequest.Assert fact, SubjectPrompt plain) {
    return template.equals(ContextTemplates.PLACE)
        ? plain
        : SubjectPrompt.fill(ContextTemplates.fill(template, fact.prompt()), fact.subject());
  }

  private ReadFact fitting(EditTokens tokens) {
    return tokens.longest() <= positions
        ? new ReadFact.Usable(tokens)
        : new ReadFact.Unusable(
            RejectReason.PROMPT_TOO_LONG,
            "%d tokens with the object, but the model reads %d"
                .formatted(tokens.longest(), positions));
  }

  private static RejectReason reason(FaultCode code) {
    return switch (code) {
      case SUBJECT_NOT_IN_PROMPT -> RejectReason.PROMPT_WITHOUT_PLACEHOLDER;
      case FACT_INVALID -> RejectReason.SUBJECT_EMPTY;
      default -> RejectReason.TEXT_UNTOKENISABLE;
    };
  }
}
