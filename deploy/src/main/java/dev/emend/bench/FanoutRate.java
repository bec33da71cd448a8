package dev.emend.bench;

/**
 * What following cost.
 *
 * @param subscribers copies that followed
 * @param behind versions that they were behind at the start
 * @param wireBytes bytes that all of them got from the broker, catching up and following
 * @param catchUpSeconds until the last had caught up, from the start of the first
 * @param p50Seconds median time from sending a version to its being served, over all copies
 * @param p99Seconds 99th percentile of it
 */
public record FanoutRate(
    int subscribers,
    long behind,
    long wireBytes,
    double catchUpSeconds,
    double p50Seconds,
    double p99Seconds) {}
