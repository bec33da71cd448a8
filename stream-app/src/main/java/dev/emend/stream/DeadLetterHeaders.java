package dev.emend.stream;

import java.util.List;

/** Headers that a dead letter has beside those it came with. All values are text in UTF-8. */
public final class DeadLetterHeaders {
  /** Name of the {@link dev.emend.fault.RejectReason}. */
  public static final String REASON = "emend-reason";

  /** One line for a person. */
  public static final String DETAIL = "emend-detail";

  /** Topic in which it came. */
  public static final String TOPIC = "emend-topic";

  /** Partition in which it came. */
  public static final String PARTITION = "emend-partition";

  /** Offset at which it came. */
  public static final String OFFSET = "emend-offset";

  /** Kafka timestamp with which it came, ISO-8601 in UTC. */
  public static final String PUBLISHED_AT = "emend-published-at";

  /** How often it was sent back since it came first, a number; it stays when it is sent back. */
  public static final String REDRIVES = "emend-redrives";

  /** Partition and offset at which it came first; it stays when it is sent back. */
  public static final String ORIGIN = "emend-origin";

  /** What a burial adds. */
  public static final List<String> BURIAL =
      List.of(REASON, DETAIL, TOPIC, PARTITION, OFFSET, PUBLISHED_AT);

  private DeadLetterHeaders() {}
}
