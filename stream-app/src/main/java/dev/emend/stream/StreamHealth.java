package dev.emend.stream;

/**
 * How the app is.
 *
 * @param up whether it processes records, or is about to after a rebalance
 * @param state Kafka Streams' own word for it
 * @param detail one line for a person; empty if there is nothing to add
 */
public record StreamHealth(boolean up, String state, String detail) {}
