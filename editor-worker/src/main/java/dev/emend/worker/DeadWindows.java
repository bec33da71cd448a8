package dev.emend.worker;

import dev.emend.fault.RejectReason;
import dev.emend.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Windows that nobody can read go to the dead letters as they came, with the reason and the place
 * in the headers: the bytes may be repaired, and the windows behind them must not wait.
 */
final class DeadWindows {
  private final Topics topics;

  DeadWindows(Topics topics) {
    this.topics = topics;
  }

  /** The dead letter of a record. */
  ProducerRecord<String, byte[]> letter(LogRecord window, String detail) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(topics.deadLetters(), window.key(), window.value());
    header(letter, "emend-reason", RejectReason.UNREADABLE.name());
    header(letter, "emend-detail", detail);
    header(letter, "emend-topic", window.topic());
    header(letter, "emend-partition", Integer.toString(window.partition()));
    header(letter, "emend-offset", Long.toString(window.offset()));
    return letter;
  }

  private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
