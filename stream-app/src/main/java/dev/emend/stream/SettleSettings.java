package dev.emend.stream;

import java.time.Duration;

/**
 * How what is said of a fact is judged.
 *
 * @param grace how long it waits for what else is said of the fact; may be zero
 * @param graceCapacity changes that may wait so in one task, at least 1
 * @param historyLimit statements kept of a fact, at least 1
 */
public record SettleSettings(Duration grace, int graceCapacity, int historyLimit) {}
