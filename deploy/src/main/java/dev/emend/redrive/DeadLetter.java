package dev.emend.redrive;

import dev.emend.stream.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A refused record as it lies among the dead letters.
 *
 * @param record key, value and headers as they came, and beside them why it was refused
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

  /** Name of the rule that it broke. */
  String reason() {
    return header(DeadLetterHeaders.REASON).orElse("");
  }

  /** One line for a person. */
  String detail() {
    return header(DeadLetterHeaders.DETAIL).orElse("");
  }

  /** The event id beside the value, if it has one. */
  Optional<String> eventId() {
    return header("ce_id").filter(id -> !id.isBlank());
  }

  /** When it was buried. */
  Instant buriedAt() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** How often it has been sent back; what is no number counts as never. */
  int redrives() {
    return header(DeadLetterHeaders.REDRIVES)
        .filter(count -> count.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /** Where it came from the first time: the same for all letters that one record became. */
  String origin() {
    return header(DeadLetterHeaders.ORIGIN)
        .orElseGet(
            () ->
                header(DeadLetterHeaders.PARTITION).orElse("?")
                    + "-"
                    + header(DeadLetterHeaders.OFFSET).orElse("?"));
  }

  private Optional<String> header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
