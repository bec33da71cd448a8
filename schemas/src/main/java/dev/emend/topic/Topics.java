package dev.emend.topic;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of one set of topics. A prefix lets several sets live on one broker.
 *
 * @param prefix put before each name; often empty
 */
public record Topics(String prefix) {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");

  /** Refuses a prefix with characters that Kafka does not take. */
  public Topics {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new Fault(
          FaultCode.USAGE,
          "topic prefix '%s' must be at most 100 of letters, digits, '.', '_' and '-'"
              .formatted(prefix));
    }
  }

  /** The set without a prefix. */
  public static Topics standard() {
    return new Topics("");
  }

  /** The set whose names begin with the prefix. */
  public static Topics named(String prefix) {
    return new Topics(prefix);
  }

  /** Name of a topic in this set. */
  public String name(Topic topic) {
    return prefix + topic.baseName();
  }

  /** Names of all topics of the set. */
  public List<String> names() {
    return Arrays.stream(Topic.values()).map(this::name).toList();
  }

  /** The registry's subject of a topic's values. */
  public String subject(Topic topic) {
    return name(topic) + "-value";
  }

  /** Fact changes. */
  public String facts() {
    return name(Topic.FACTS);
  }

  /** Windows to edit. */
  public String batches() {
    return name(Topic.BATCHES);
  }

  /** What operators order. */
  public String orders() {
    return name(Topic.ORDERS);
  }

  /** Versions. */
  public String deltas() {
    return name(Topic.DELTAS);
  }

  /** Payloads of versions. */
  public String deltaChunks() {
    return name(Topic.DELTA_CHUNKS);
  }

  /** Outcomes of events. */
  public String outcomes() {
    return name(Topic.OUTCOMES);
  }

  /** Aliases. */
  public String heads() {
    return name(Topic.HEADS);
  }

  /** How windows went. */
  public String feedback() {
    return name(Topic.FEEDBACK);
  }

  /** Standing facts. */
  public String ledger() {
    return name(Topic.LEDGER);
  }

  /** Facts that stood. */
  public String ledgerHistory() {
    return name(Topic.LEDGER_HISTORY);
  }

  /** Who caused what. */
  public String audit() {
    return name(Topic.AUDIT);
  }

  /** Refused events. */
  public String deadLetters() {
    return name(Topic.DEAD_LETTERS);
  }
}
