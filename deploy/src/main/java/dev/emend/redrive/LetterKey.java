package dev.emend.redrive;

import dev.emend.event.FactChange;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.wire.AvroDeserializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Which key a letter gets when it is sent back. Implementations are thread-safe. */
@FunctionalInterface
public interface LetterKey {
  /** The key that it came with: for what was fixed elsewhere. */
  LetterKey AS_IT_CAME = (letter, topic) -> letter.record().key();

  /** The key; null for none. */
  byte @Nullable [] of(DeadLetter letter, String topic);

  /**
   * The key of the fact in the value: for letters whose key disagreed with it.
   *
   * @throws dev.emend.fault.Fault when asked for the key of a letter without a readable value
   */
  static LetterKey fromValue(Connection connection) {
    AvroDeserializer<FactChange> values =
        new AvroDeserializer<>(FactChange.class, connection.registry());
    return (letter, topic) -> {
      FactChange change =
          values.deserialize(topic, letter.record().headers(), letter.record().value());
      return change == null
          ? letter.record().key()
          : FactKey.of(change).text().getBytes(StandardCharsets.UTF_8);
    };
  }
}
