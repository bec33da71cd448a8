package dev.emend.dataset;

import dev.emend.event.FactOp;
import dev.emend.weights.Digest32;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the parts of an {@link EditCase}; what is not set is empty. Not thread-safe. */
public final class EditCaseBuilder {
  private static final int HASH_BYTES = 16;

  private final String subject;
  private final String relation;
  private final String prompt;
  private @Nullable String id;
  private @Nullable String object;
  private @Nullable String groundTruth;
  private List<String> paraphrases = List.of();
  private List<NeighbourCase> neighbours = List.of();
  private List<String> generationPrompts = List.of();
  private @Nullable Instant validFrom;
  private @Nullable Instant validTo;
  private FactOp op = FactOp.ASSERT;

  EditCaseBuilder(String subject, String relation, String prompt) {
    this.subject = subject;
    this.relation = relation;
    this.prompt = prompt;
  }

  /** Sets the id; without one, {@link #build} makes it from the content. */
  public EditCaseBuilder id(@Nullable String value) {
    this.id = value;
    return this;
  }

  /** Sets the new object; blanks around it are dropped. */
  public EditCaseBuilder object(@Nullable String value) {
    this.object = value == null ? null : value.strip();
    return this;
  }

  /** Sets what held before. */
  public EditCaseBuilder groundTruth(@Nullable String value) {
    this.groundTruth = value;
    return this;
  }

  /** Sets other prompts that ask the same. */
  public EditCaseBuilder paraphrases(List<String> value) {
    this.paraphrases = value;
    return this;
  }

  /** Sets prompts whose answers must stay. */
  public EditCaseBuilder neighbours(List<NeighbourCase> value) {
    this.neighbours = value;
    return this;
  }

  /** Sets prompts to continue freely. */
  public EditCaseBuilder generationPrompts(List<String> value) {
    this.generationPrompts = value;
    return this;
  }

  /** Sets when the fact holds. */
  public EditCaseBuilder valid(@Nullable Instant from, @Nullable Instant to) {
    this.validFrom = from;
    this.validTo = to;
    return this;
  }

  /** Sets what to do with the fact. */
  public EditCaseBuilder op(FactOp value) {
    this.op = value;
    return this;
  }

  /**
   * The case. Without an id of its own it gets 32 hexadecimal digits that depend on the content and
   * on {@code position} alone, so that a file published twice yields the same ids, while a fact
   * that changes and changes back within one file yields different ones.
   *
   * @param position index of the case in its file, from 0
   */
  public EditCase build(long position) {
    return new EditCase(
        id == null ? contentId(position) : id,
        subject,
        relation,
        prompt,
        object,
        groundTruth,
        paraphrases,
        neighbours,
        generationPrompts,
        validFrom,
        validTo,
        op);
  }

  private String contentId(long position) {
    MessageDigest sha256 = Digest32.newSha256();
    String text =
        String.join(
            "\u0000",
            Long.toString(position),
            op.name(),
            subject,
            relation,
            prompt,
            String.valueOf(object),
            String.valueOf(validFrom),
            String.valueOf(validTo));
    byte[] digest = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
  }
}
