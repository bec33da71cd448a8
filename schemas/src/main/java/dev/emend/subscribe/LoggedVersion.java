package dev.emend.subscribe;

import dev.emend.event.PhaseSeconds;

/**
 * A version as its delta describes it; nothing is verified.
 *
 * @param version number, digests, facts, events and scores
 * @param payloadBytes bytes of all payloads
 * @param tensors number of changed tensors
 * @param seconds wall seconds by phase
 * @param offset offset of the delta
 */
public record LoggedVersion(
    ServedVersion version, long payloadBytes, int tensors, PhaseSeconds seconds, long offset) {}
