package dev.emend.itests.chaos.load;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.itests.chaos.load.Message.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes what is published: changes of a bounded number of facts of several models, of which some
 * repeat an event, come late or early, take a fact back, are over already, break a rule, or are no
 * record at all. The same seed writes the same.
 */
public final class EventScript {
  private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
  private static final int OBJECTS = 40;
  private static final int DISORDER = 40;
  private static final String RELATION = "is";
  private static final String PROMPT = "{} is";

  private final Random random;
  private final List<String> models;
  private final int subjects;

  private EventScript(long seed, List<String> models, int subjects) {
    this.random = new Random(seed);
    this.models = models;
    this.subjects = subjects;
  }

  /**
   * Writes a script.
   *
   * @param count records
   * @param subjects facts a model
   */
  public static List<Message> write(long seed, int count, List<String> models, int subjects) {
    return new EventScript(seed, models, subjects).write(count);
  }

  private List<Message> write(int count) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean again = i > 0 && random.nextInt(100) < 6;
      messages.add(again ? messages.get(random.nextInt(i)) : next(i));
    }
    return disordered(messages);
  }

  private Message next(int i) {
    int dice = random.nextInt(1000);
    if (dice < 5) {
      return new Message(change(i, FactOp.ASSERT, "poison"), Kind.POISON);
    }
    if (dice < 20) {
      return new Message(change(i, FactOp.ASSERT, " "), Kind.BROKEN);
    }
    FactOp op = dice < 120 ? FactOp.RETRACT : FactOp.ASSERT;
    FactChange sound = change(i, op, "o" + random.nextInt(OBJECTS));
    if (dice >= 990) {
      sound.setValidTo(sound.getValidFrom().plus(Duration.ofHours(1)));
    }
    return new Message(sound, Kind.SOUND);
  }

  /** Most changes begin later than those before; a third begins at any time. */
  private FactChange change(int i, FactOp op, String object) {
    int minute = random.nextInt(3) == 0 ? random.nextInt(i + 1) : i;
    return FactChange.newBuilder()
        .setEventId("e" + i)
        .setModel(models.get(random.nextInt(models.size())))
        .setOp(op)
        .setSubject("s" + random.nextInt(subjects))
        .setRelation(RELATION)
        .setPrompt(PROMPT)
        .setObject(op == FactOp.RETRACT ? null : object)
        .setValidFrom(BEGIN.plus(Duration.ofMinutes(minute)))
        .setRecordedAt(BEGIN.plus(Duration.ofSeconds(i)))
        .setSource("chaos")
        .build();
  }

  private List<Message> disordered(List<Message> messages) {
    record Placed(Message message, int place) {}
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      placed.add(new Placed(messages.get(i), i + random.nextInt(DISORDER)));
    }
    placed.sort((a, b) -> Integer.compare(a.place(), b.place()));
    return placed.stream().map(Placed::message).toList();
  }
}
