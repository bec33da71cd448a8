package dev.emend.stream;

import java.time.Duration;

/**
 * What all facts are settled by. Thread-safe.
 *
 * @param grace how long what is said of a fact waits for what else is said of it
 * @param tick how often the clock is looked at
 * @param historyLimit statements kept of a fact
 * @param intake closed while too much waits
 * @param serdes reads and writes changes
 * @param meters counts
 */
record Settling(
    Duration grace,
    Duration tick,
    int historyLimit,
    IntakeGate.Intake intake,
    StreamSerdes serdes,
    StreamMeters meters) {}
