package dev.emend.stream;

import dev.emend.size.ByteSize;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how long the stream remembers.
 *
 * @param directory local stores; they can be built anew from the broker
 * @param seenRetention how long an event id is remembered to know a duplicate
 * @param cache memory for blocks of all local stores together
 * @param writeBuffers share of that memory for what is not yet on disk
 */
public record StateSettings(
    Path directory, Duration seenRetention, ByteSize cache, ByteSize writeBuffers) {}
