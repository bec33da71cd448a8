/**
 * Language models of Hugging Face folders as differentiable decoders: declarations of
 * architectures, weights in native memory, partial forwards, replays of a suffix, generation, and
 * the staging of edited weights. Knows tensors and tokens; must not know facts, windows, Kafka or
 * metrics.
 */
@NullMarked
package dev.emend.model;

import org.jspecify.annotations.NullMarked;
