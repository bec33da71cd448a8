package dev.emend.schedule;

import java.time.Duration;

/**
 * How windows are cut at present.
 *
 * @param facts most facts of a window, at least 1
 * @param linger how long a fact waits for company though the worker is idle
 */
public record Pace(int facts, Duration linger) {}
