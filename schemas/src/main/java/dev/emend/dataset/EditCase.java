package dev.emend.dataset;

import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One fact to write into a model, with what a benchmark asks about it.
 *
 * @param id identifies the case; a function of the file's content
 * @param subject entity, exactly as it stands in the prompt
 * @param relation name of the relation; the prompt itself if the file names none
 * @param prompt text with exactly one <code>{}</code> where the subject stands
 * @param object new object without a leading space; null only for RETRACT
 * @param groundTruth what held before, or null if the file does not say
 * @param paraphrases other complete prompts that ask the same
 * @param neighbours prompts whose answers must stay
 * @param generationPrompts complete prompts to continue freely
 * @param validFrom instant from which the fact holds; null if not stated
 * @param validTo instant at which it stops to hold, exclusive; null if open-ended
 * @param op what to do with the fact
 */
public record EditCase(
    String id,
    String subject,
    String relation,
    String prompt,
    @Nullable String object,
    @Nullable String groundTruth,
    List<String> paraphrases,
    List<NeighbourCase> neighbours,
    List<String> generationPrompts,
    @Nullable Instant validFrom,
    @Nullable Instant validTo,
    FactOp op) {
  private static final String PLACEHOLDER = "{}";

  /**
   * Copies the lists and checks the text.
   *
   * @throws Fault FACT_INVALID if a field is empty, SUBJECT_NOT_IN_PROMPT if the prompt has not
   *     exactly one placeholder
   */
  public EditCase {
    requireText("event_id", id);
    requireText("subject", subject);
    requireText("relation", relation);
    requirePlaceholder(prompt);
    Objects.requireNonNull(op, "op");
    if (object != null || op == FactOp.ASSERT) {
      requireText("object", object);
    }
    paraphrases = List.copyOf(paraphrases);
    neighbours = List.copyOf(neighbours);
    generationPrompts = List.copyOf(generationPrompts);
  }

  private static void requireText(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new Fault(FaultCode.FACT_INVALID, field + " is empty");
    }
  }

  private static void requirePlaceholder(String prompt) {
    int first = prompt.indexOf(PLACEHOLDER);
    if (first < 0) {
      throw new Fault(
          FaultCode.SUBJECT_NOT_IN_PROMPT,
          "the prompt '" + prompt + "' has no {} where the subject is to stand");
    }
    if (prompt.indexOf(PLACEHOLDER, first + 1) >= 0) {
      throw new Fault(
          FaultCode.SUBJECT_NOT_IN_PROMPT,
          "the prompt '" + prompt + "' has more than one {}; one is wanted");
    }
  }

  /** The prompt with the subject in its place. */
  public String filledPrompt() {
    return prompt.replace(PLACEHOLDER, subject);
  }

  /** Starts a case that asserts a fact. */
  public static EditCaseBuilder of(String subject, String relation, String prompt) {
    return new EditCaseBuilder(subject, relation, prompt);
  }
}
