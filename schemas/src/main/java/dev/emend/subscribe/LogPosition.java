package dev.emend.subscribe;

/**
 * How far the log has been read: offsets of the next records.
 *
 * @param deltas in the model's partition of the deltas
 * @param chunks in the model's partition of the chunks
 */
record LogPosition(long deltas, long chunks) {}
