package dev.emend.bench;

/**
 * Bytes of the payloads of one window.
 *
 * @param facts facts edited together
 * @param plainBytes factors as 32-bit floats, or new values where those take less
 * @param packedBytes as they are published
 * @param denseBytes the difference of the changed tensors, every element of it
 * @param checkpointBytes all weights of the model as 32-bit floats
 */
public record DeltaSize(
    int facts, long plainBytes, long packedBytes, long denseBytes, long checkpointBytes) {}
