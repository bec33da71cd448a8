package dev.emend.publish;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.Neighbour;
import dev.emend.fault.RejectReason;
import dev.emend.topic.FactKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules that need nothing but the change itself. The publisher checks them as a courtesy, the
 * stream app because it must. Immutable.
 *
 * @param maxText longest subject, relation, object, event id and source, characters
 * @param maxPrompt longest prompt, paraphrase and neighbour, characters
 * @param maxPrompts most paraphrases, and most neighbours
 * @param clockTolerance how far clocks of publishers may be ahead
 */
public record FactRules(int maxText, int maxPrompt, int maxPrompts, Duration clockTolerance) {
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final String PLACEHOLDER = "{}";

  /** 1,000 and 8,000 characters, 100 prompts, five minutes. */
  public static FactRules standard() {
    return new FactRules(1_000, 8_000, 100, Duration.ofMinutes(5));
  }

  /** The first rule that the change breaks; empty if it breaks none. */
  public Optional<Rejection> check(FactChange change, Instant now) {
    return identity(change)
        .or(() -> names(change))
        .or(() -> prompt(change))
        .or(() -> object(change))
        .or(() -> texts(change))
        .or(() -> times(change, now))
        .or(() -> changeSet(change));
  }

  /** Whether the record key is the one that the change must have. */
  public static Optional<Rejection> checkKey(@Nullable String key, FactChange change) {
    String wanted = FactKey.of(change).text();
    return when(
        !wanted.equals(key),
        RejectReason.KEY_MISMATCH,
        () -> "the record key is not '" + wanted + "'");
  }

  private Optional<Rejection> identity(FactChange change) {
    String id = change.getEventId();
    return when(
            id.isBlank() || id.length() > maxText || hasControls(id, false),
            RejectReason.EVENT_ID_INVALID,
            () ->
                "the event id must have 1 to %d characters and no control characters"
                    .formatted(maxText))
        .or(
            () ->
                when(
                    !MODEL.matcher(change.getModel()).matches(),
                    RejectReason.MODEL_INVALID,
                    () -> "a model name has 1 to 100 letters, digits, '.', '_' or '-'"));
  }

  private static Optional<Rejection> names(FactChange change) {
    return when(
            change.getSubject().isBlank(), RejectReason.SUBJECT_EMPTY, () -> "the subject is empty")
        .or(
            () ->
                when(
                    change.getRelation().isBlank(),
                    RejectReason.RELATION_EMPTY,
                    () -> "the relation is empty"));
  }

  private static Optional<Rejection> prompt(FactChange change) {
    String prompt = change.getPrompt();
    int first = prompt.indexOf(PLACEHOLDER);
    return when(
        first < 0 || first != prompt.lastIndexOf(PLACEHOLDER),
        RejectReason.PROMPT_WITHOUT_PLACEHOLDER,
        () -> "the prompt must hold {} exactly once, where the subject stands");
  }

  private static Optional<Rejection> object(FactChange change) {
    String object = change.getObject();
    return when(
        change.getOp() == FactOp.ASSERT && (object == null || object.isBlank()),
        RejectReason.OBJECT_EMPTY,
        () -> "an ASSERT must have an object");
  }

  private Optional<Rejection> texts(FactChange change) {
    String object = change.getObject() == null ? "" : change.getObject();
    List<String> names =
        List.of(change.getSubject(), change.getRelation(), object, change.getSource());
    List<String> prompts = prompts(change);
    return when(
            anyLonger(names, maxText)
                || anyLonger(prompts, maxPrompt)
                || change.getParaphrases().size() > maxPrompts
                || change.getNeighbours().size() > maxPrompts,
            RejectReason.TEXT_TOO_LONG,
            () ->
                "texts have at most %d characters, prompts %d, and there are at most %d of each kind"
                    .formatted(maxText, maxPrompt, maxPrompts))
        .or(
            () ->
                when(
                    anyWithControls(names, false) || anyWithControls(prompts, true),
                    RejectReason.TEXT_WITH_CONTROL_CHARACTERS,
                    () -> "a text holds control characters or half a character"));
  }

  private static List<String> prompts(FactChange change) {
    List<String> prompts = new ArrayList<>();
    prompts.add(change.getPrompt());
    for (Neighbour neighbour : change.getNeighbours()) {
      prompts.add(neighbour.getPrompt());
      prompts.add(neighbour.getExpected());
    }
    prompts.addAll(change.getParaphrases());
    return prompts;
  }

  // Plain loops: every character of every record passes here.
  private static boolean anyLonger(List<String> texts, int most) {
    for (String text : texts) {
      if (text.length() > most) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyWithControls(List<String> texts, boolean arePrompts) {
    for (String text : texts) {
      if (hasControls(text, arePrompts)) {
        return true;
      }
    }
    return false;
  }

  /** Line breaks and tabs are control characters that a prompt may have. */
  private static boolean hasControls(String text, boolean isPrompt) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean allowed = isPrompt && (c == '\n' || c == '\t' || c == '\r');
      boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      if (half || (!allowed && Character.isISOControl(c))) {
        return true;
      }
    }
    return false;
  }

  private Optional<Rejection> times(FactChange change, Instant now) {
    Instant from = change.getValidFrom() == null ? change.getRecordedAt() : change.getValidFrom();
    return when(
            change.getRecordedAt().isAfter(now.plus(clockTolerance)),
            RejectReason.RECORDED_IN_FUTURE,
            () -> "recorded_at %s lies in the future".formatted(change.getRecordedAt()))
        .or(
            () ->
                when(
                    change.getValidTo() != null && !change.getValidTo().isAfter(from),
                    RejectReason.VALIDITY_EMPTY,
                    () -> "valid_to %s is not after %s".formatted(change.getValidTo(), from)));
  }

  private static Optional<Rejection> changeSet(FactChange change) {
    return when(
        change.getChangeSet() != null
            && (change.getChangeSet().getId().isBlank() || change.getChangeSet().getSize() < 1),
        RejectReason.CHANGE_SET_INVALID,
        () -> "a change set has an id and a size of at least 1");
  }

  private static Optional<Rejection> when(
      boolean broken, RejectReason reason, Supplier<String> detail) {
    return broken ? Optional.of(new Rejection(reason, detail.get())) : Optional.empty();
  }
}
