package dev.emend.publish;

import java.time.Instant;

/**
 * A change that the broker has acknowledged.
 *
 * @param eventId the event
 * @param topic where it lies
 * @param partition its partition
 * @param offset its offset
 * @param publishedAt the record's Kafka timestamp: start of the event's latency clock
 * @param trace the trace that it started or continues
 */
public record Published(
    String eventId,
    String topic,
    int partition,
    long offset,
    Instant publishedAt,
    TraceParent trace) {}
