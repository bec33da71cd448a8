package dev.emend.stream;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules once more, as plainly as can be, for facts of which nothing was known before. */
final class OrderOracle {
  private static final Comparator<FactChange> LATER =
      Comparator.comparing(FactChange::getValidFrom)
          .thenComparing(FactChange::getRecordedAt)
          .thenComparing(FactChange::getEventId);

  private OrderOracle() {}

  /** How each event ends: the code of its outcome and who superseded it, or what is told. */
  static Map<String, String> ends(List<FactChange> said, Instant now) {
    Map<String, String> ends = new HashMap<>();
    for (FactChange change : said) {
      List<FactChange> sound = sound(said, change.getSubject());
      FactChange answer = last(sound, now);
      String end;
      if (isBroken(change)) {
        end = "REJECTED";
      } else if (isOver(change, now)) {
        end = "NO_OP";
      } else if (answer != null && !answer.getEventId().equals(change.getEventId())) {
        end = "SUPERSEDED by " + answer.getEventId();
      } else if (change.getOp() == FactOp.ASSERT) {
        end = "told " + change.getObject();
      } else {
        end = sound.size() > 1 ? "NO_OP" : "REJECTED";
      }
      ends.put(change.getEventId(), end);
    }
    return ends;
  }

  /** What is said of the subject in the end; null for nothing. */
  static @Nullable String answer(List<FactChange> said, String subject, Instant now) {
    FactChange last = last(sound(said, subject), now);
    return last == null || last.getOp() == FactOp.RETRACT ? null : last.getObject();
  }

  private static @Nullable FactChange last(List<FactChange> sound, Instant now) {
    return sound.stream().filter(c -> !isOver(c, now)).max(LATER).orElse(null);
  }

  private static List<FactChange> sound(List<FactChange> said, String subject) {
    return said.stream().filter(c -> c.getSubject().equals(subject) && !isBroken(c)).toList();
  }

  private static boolean isOver(FactChange change, Instant now) {
    return change.getValidTo() != null && !change.getValidTo().isAfter(now);
  }

  private static boolean isBroken(FactChange change) {
    return change.getOp() == FactOp.ASSERT && change.getObject().isBlank();
  }
}
