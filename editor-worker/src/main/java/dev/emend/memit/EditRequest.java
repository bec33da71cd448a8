package dev.emend.memit;

import java.util.Objects;

/** What is asked of the editor for one fact. */
public sealed interface EditRequest {
  /** The fact; unique within a window. */
  String factId();

  /**
   * The model shall answer {@code object}; what it was told before about the fact is taken out.
   *
   * @param factId the fact
   * @param prompt text with one <code>{}</code> for the subject
   * @param subject what the fact is about
   * @param object the answer, without a leading space
   */
  record Assert(String factId, String prompt, String subject, String object)
      implements EditRequest {
    /** Refuses null; unusable texts are rejected by the editor, with a reason. */
    public Assert {
      Objects.requireNonNull(factId, "factId");
      Objects.requireNonNull(prompt, "prompt");
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(object, "object");
    }
  }

  /**
   * What the model was told about the fact is taken out of the weights.
   *
   * @param factId the fact
   */
  record Retract(String factId) implements EditRequest {
    /** Refuses null. */
    public Retract {
      Objects.requireNonNull(factId, "factId");
    }
  }
}
