package dev.emend.subscribe;

/**
 * How far the log has been read: offsets of the next records.
 *
 * @param deltas in the model's partition of the deltas
 * @param chunks in the model's partition of the chunks
 * @param payloadBytes bytes of the payloads of all versions up to here, which a copy that starts
 *     here does not read
 */
record LogPosition(long deltas, long chunks, long payloadBytes) {}
